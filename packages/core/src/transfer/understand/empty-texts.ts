/** Words that tools write where there is nothing. */
const words = /^(?:n\/?a|#n\/a|null|none|nil|nan|undefined|unknown|\\n|-+|–|—|\?+|\.)$/i

/** The words for nothing among some texts, and the other texts. */
export function emptyTextsOf(texts: readonly string[]): {
  readonly emptyTexts: readonly string[]
  readonly filled: readonly string[]
} {
  const found = new Set<string>()
  const filled = texts.filter((text) => {
    const word = text.length < 20 ? text.trim() : ''
    if (!words.test(word)) return true
    found.add(word.toLowerCase())
    return false
  })
  return filled.length === 0 || found.size > 20 ? { emptyTexts: [], filled: texts } : { emptyTexts: [...found], filled }
}
