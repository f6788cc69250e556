/** Cells as texts, line by line. */
export type TextMatrix = readonly (readonly string[])[]

/** Cells as tab-separated text, quoted the way spreadsheets do. */
export function buildTsv(lines: TextMatrix): string {
  return lines.map((line) => line.map(quoteTsv).join('\t')).join('\r\n')
}

function quoteTsv(text: string): string {
  return /[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Reads tab-separated text; cells in quotes may hold tabs, line breaks and doubled quotes. A final line break ends the last line. */
export function parseTsv(text: string): string[][] {
  const lines: string[][] = []
  let line: string[] = []
  let at = 0
  const end = /\r?\n$/.test(text) ? text.length - (text.endsWith('\r\n') ? 2 : 1) : text.length
  while (at <= end) {
    const cell = text[at] === '"' ? quotedCell(text, at, end) : null
    let next = cell?.next ?? at
    if (cell === null) while (next < end && text[next] !== '\t' && text[next] !== '\n' && text[next] !== '\r') next++
    line.push(cell?.text ?? text.slice(at, next))
    if (next >= end || text[next] !== '\t') {
      lines.push(line)
      line = []
    }
    if (next >= end) break
    at = text[next] === '\r' && text[next + 1] === '\n' ? next + 2 : next + 1
  }
  return lines
}

/** A cell in quotes, or null if the quote is only a character of the text. */
function quotedCell(text: string, start: number, end: number): { text: string; next: number } | null {
  let from = start + 1
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote === -1 || quote >= end) return null
    if (text[quote + 1] === '"') {
      from = quote + 2
      continue
    }
    const next = quote + 1
    if (next < end && !'\t\r\n'.includes(text[next] ?? '')) return null
    return { text: text.slice(start + 1, quote).replaceAll('""', '"'), next }
  }
}
