/** Words that tools write where there is nothing. */
const words = /^(?:n\/?a|#n\/a|null|none|nil|nan|undefined|unknown|\\n|-+|–|—|\?+|\.)$/i

/** So often must a word stand in a column to be taken for nothing: once or twice, it may be a slip worth a look. */
const least = { times: 3, share: 0.01 } as const
const most = 20

/** The words for nothing among some texts, and the other texts. */
export function emptyTextsOf(texts: readonly string[]): {
  readonly emptyTexts: readonly string[]
  readonly filled: readonly string[]
} {
  const found = Map.groupBy(
    texts.filter((text) => text.length < 20 && words.test(text.trim())),
    (text) => text.trim().toLowerCase(),
  )
  const often = Math.max(least.times, texts.length * least.share)
  const emptyTexts = [...found].filter(([, { length }]) => length >= often).map(([word]) => word)
  const nothing = new Set(emptyTexts.slice(0, most))
  const filled = texts.filter((text) => !nothing.has(text.trim().toLowerCase()))
  return filled.length === 0 ? { emptyTexts: [], filled: texts } : { emptyTexts: [...nothing], filled }
}
