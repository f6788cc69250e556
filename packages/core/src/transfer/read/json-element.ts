/** Where one element of a JSON array lies in a text. */
export interface JsonElement {
  /** Place of its first character; the text's end if there is none. */
  readonly start: number
  /** Place behind it; -1 if the text ends before it does. */
  readonly end: number
  /** Whether the array ends here, so that there is no element. */
  readonly closes: boolean
}

/** Finds the next element from a place between elements. */
export function nextJsonElement(text: string, from: number): JsonElement {
  let start = from
  while (start < text.length && isBetween(text.charCodeAt(start))) start += 1
  if (start >= text.length) return { start: text.length, end: -1, closes: false }
  if (text[start] === ']') return { start, end: start + 1, closes: true }
  return { start, end: endOf(text, start), closes: false }
}

/** White space and commas. */
function isBetween(unit: number): boolean {
  return unit === 32 || unit === 10 || unit === 13 || unit === 9 || unit === 44
}

function endOf(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === 34) {
      at = closingQuote(text, at + 1)
      if (at === -1) return -1
      if (depth === 0) return at + 1
    } else if (unit === 123 || unit === 91) {
      depth += 1
    } else if (unit === 125 || unit === 93) {
      // A bracket too many ends what stands before it.
      if (depth === 0) return Math.max(at, start + 1)
      depth -= 1
      if (depth === 0) return at + 1
    } else if (depth === 0 && isBetween(unit)) {
      return at
    }
  }
  return -1
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0
    while (text.charCodeAt(at - 1 - backslashes) === 92) backslashes += 1
    if (backslashes % 2 === 0) return at
  }
  return -1
}
