import { maxPasteCells } from './paste-bounds.ts'

/** Elements whose content is no text. */
const silent = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'head',
  'title',
  'svg',
  'object',
  'iframe',
  'textarea',
])
/** Elements that begin a line of their own. */
const blocks = new Set(['p', 'div', 'li', 'ul', 'ol', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre'])
const namedEntities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  euro: '€',
  copy: '©',
  reg: '®',
  trade: '™',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  middot: '·',
  shy: '',
}
/** A cell that spans more than this is a mistake or an attack. */
const maxSpan = 1_000

/**
 * The texts of the first table of an HTML page, or null if there is none. Reads the text itself and never hands it to a
 * browser, so nothing in it can run or load. It ends where cells that span others make more than may be pasted: a few could make millions.
 */
export function parseHtmlTable(html: string): string[][] | null {
  const tag = /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-zA-Z][a-zA-Z0-9:-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/g
  const table = tableBuilder()
  let from = 0
  let depth = 0
  for (let match = tag.exec(html); match !== null; match = tag.exec(html)) {
    if (depth > 0) table.text(html.slice(from, match.index))
    from = tag.lastIndex
    const name = match[2]?.toLowerCase()
    if (name === undefined) continue
    const isEnd = match[1] === '/'
    if (!isEnd && silent.has(name)) {
      from = endOfElement(html, name, from)
      tag.lastIndex = from
    } else if (name === 'table') {
      depth += isEnd ? -1 : 1
      if (isEnd && depth <= 0) return table.end()
    } else if (depth === 1) table.tag(name, isEnd, match[3] ?? '')
    if (table.isFull()) return table.end()
  }
  return depth > 0 ? table.end() : null
}

function endOfElement(html: string, name: string, from: number): number {
  const end = new RegExp(`</${name}[^>]*>`, 'gi')
  end.lastIndex = from
  return end.exec(html) === null ? html.length : end.lastIndex
}

function tableBuilder() {
  const lines: string[][] = []
  let line: string[] | null = null
  let cell: { text: string; columns: number; rows: number } | null = null
  /** Lines that a cell above still covers, by place. */
  const covered: number[] = []
  /** Places that cells cover beside their own. */
  let spanned = 0
  const skipCovered = (target: string[]) => {
    while ((covered[target.length] ?? 0) > 0) {
      covered[target.length] = (covered[target.length] ?? 1) - 1
      target.push('')
      spanned += 1
    }
  }
  const endCell = () => {
    if (cell === null || line === null) return
    for (let i = 0; i < cell.columns; i++) {
      covered[line.length] = cell.rows - 1
      line.push(i === 0 ? tidy(cell.text) : '')
    }
    spanned += cell.columns - 1
    cell = null
  }
  const endLine = () => {
    endCell()
    if (line !== null) {
      skipCovered(line)
      lines.push(line)
    }
    line = null
  }
  return {
    text(raw: string) {
      if (cell !== null) cell.text += decodeEntities(raw.replace(/[\s]+/g, ' '))
    },
    tag(name: string, isEnd: boolean, attributes: string) {
      if (name === 'tr') {
        endLine()
        if (!isEnd) line = []
      } else if (name === 'td' || name === 'th') {
        endCell()
        if (isEnd) return
        line ??= []
        skipCovered(line)
        cell = { text: '', columns: span(attributes, 'colspan'), rows: span(attributes, 'rowspan') }
      } else if (cell !== null && (name === 'br' || (blocks.has(name) && cell.text.trim() !== ''))) cell.text += '\n'
    },
    isFull: () => spanned > maxPasteCells,
    end() {
      endLine()
      return lines.length === 0 ? null : lines
    },
  }
}

function span(attributes: string, name: string): number {
  const match = new RegExp(`\\b${name}\\s*=\\s*["']?(\\d{1,6})`, 'i').exec(attributes)
  return Math.max(1, Math.min(maxSpan, Number(match?.[1] ?? 1)))
}

function tidy(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim()
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/g, (all, decimal, hex, name) => {
    if (name !== undefined) return namedEntities[name] ?? all
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code)
  })
}
