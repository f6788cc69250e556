/** The marks that set a record's cells apart. */
export interface DelimitedSyntax {
  readonly delimiter: string
  readonly quote: string
  readonly escape: 'double' | 'backslash'
  readonly lineBreak: string
}

/** A record with quotes in it, or what the text is too short for. */
export type QuotedRecord =
  | {
      readonly cells: string[]
      /** Place behind its last cell. */
      readonly end: number
      /** Place of the next record. */
      readonly next: number
    }
  | {
      /** Number of the cell that does not end, from 1. */
      readonly cell: number
      /** Place of the quote that opens it; null if it is not in quotes. */
      readonly opened: number | null
    }

/** Reads the record at a place of the text. */
export function quotedRecord(text: string, at: number, last: boolean, syntax: DelimitedSyntax): QuotedRecord {
  const { delimiter, quote, lineBreak } = syntax
  const { length } = text
  const cells: string[] = []
  let start = at
  for (;;) {
    let stop = start
    let cell = ''
    let end = start
    const padded = paddedCell(text, start, syntax)
    if (padded !== null) {
      cell = padded.cell
      stop = padded.stop
      end = stop
    } else if (text.startsWith(quote, start)) {
      const close = closingQuote(text, start + quote.length, syntax)
      // The text's last quote may be half of a double one.
      if (close === -1 || (close + quote.length >= length && !last)) return { cell: cells.length + 1, opened: start }
      cell = unescaped(text.slice(start + quote.length, close), syntax)
      stop = close + quote.length
      end = stop
    }
    if (!text.startsWith(delimiter, stop)) {
      const behind = firstOf(text, delimiter, lineBreak, stop)
      if (behind === -1 && !last) return { cell: cells.length + 1, opened: null }
      end = behind === -1 ? length : behind
    }
    const endsRecord = !text.startsWith(delimiter, end)
    const rest = endsRecord && lineBreak === '\n' && end > stop && text.charCodeAt(end - 1) === 13 ? end - 1 : end
    cells.push(stop === rest ? cell : cell + text.slice(stop, rest))
    if (endsRecord) return { cells, end: rest, next: end + 1 }
    start = end + delimiter.length
  }
}

/**
 * A cell in quotes with spaces before them, as in `a, "b, c"`: only where it ends on its line, right before a delimiter;
 * otherwise the spaces, and the quotes, are text.
 */
function paddedCell(text: string, start: number, syntax: DelimitedSyntax): { cell: string; stop: number } | null {
  const { delimiter, quote, lineBreak } = syntax
  if (text.charCodeAt(start) !== 32 || delimiter.startsWith(' ')) return null
  let opened = start
  while (text.charCodeAt(opened) === 32) opened += 1
  if (!text.startsWith(quote, opened)) return null
  const found = text.indexOf(lineBreak, opened)
  const lineEnd = found === -1 ? text.length : found
  const close = closingQuote(text, opened + quote.length, syntax)
  if (close === -1 || close >= lineEnd) return null
  const stop = close + quote.length
  const endsWell = text.startsWith(delimiter, stop) || text.slice(stop, lineEnd).trim() === ''
  return endsWell ? { cell: unescaped(text.slice(opened + quote.length, close), syntax), stop } : null
}

function firstOf(text: string, delimiter: string, lineBreak: string, from: number): number {
  const first = delimiter.charCodeAt(0)
  const second = lineBreak.charCodeAt(0)
  for (let at = from; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === second) return at
    if (unit === first && (delimiter.length === 1 || text.startsWith(delimiter, at))) return at
  }
  return -1
}

function closingQuote(text: string, from: number, { quote, escape: escaping }: DelimitedSyntax): number {
  if (escaping === 'double') {
    for (let at = text.indexOf(quote, from); at !== -1; at = text.indexOf(quote, at + 2 * quote.length)) {
      if (!text.startsWith(quote, at + quote.length)) return at
    }
    return -1
  }
  for (let at = from; at < text.length; at += 1) {
    if (text.charCodeAt(at) === 92) at += 1
    else if (text.startsWith(quote, at)) return at
  }
  return -1
}

function unescaped(cell: string, { quote, escape: escaping }: DelimitedSyntax): string {
  if (escaping === 'double') return cell.includes(quote) ? cell.replaceAll(quote + quote, quote) : cell
  return cell.includes('\\') ? cell.replace(/\\(["'\\])/g, '$1') : cell
}
