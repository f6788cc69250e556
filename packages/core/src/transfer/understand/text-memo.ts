import { ownText } from './own-text.ts'

/** Longer texts seldom repeat. */
const longestText = 60
const mostTexts = 5_000
/** So many texts are looked at before it is decided whether remembering them pays. */
const trial = 4_096

/**
 * Remembers what was made of texts that repeat, and stops where they do not: half of the texts must have been seen.
 */
export function textMemo<Made extends string | number | boolean | object | null>(
  make: (text: string) => Made,
): (text: string) => Made {
  const made = new Map<string, Made>()
  let active = true
  let asked = 0
  let hits = 0
  return (text) => {
    if (!active || text.length > longestText) return make(text)
    const known = made.get(text)
    asked += 1
    if (asked === trial) {
      active = hits * 2 >= asked
      if (!active) made.clear()
      asked = 0
      hits = 0
    }
    if (known !== undefined) {
      hits += 1
      return known
    }
    if (made.size >= mostTexts) made.clear()
    const own = ownText(text)
    const value = make(own)
    if (active) made.set(own, value)
    return value
  }
}
