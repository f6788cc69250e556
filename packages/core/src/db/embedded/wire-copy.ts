const typeQuery = 0x51
const typeParse = 0x50

/** Reads past strings, quoted names, dollar quotes and comments; what is left of the text are bare words. */
const token =
  /--[^\n]*|\/\*[\s\S]*?\*\/|e'(?:[^'\\]|''|\\[\s\S])*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|[a-z_][\w$]*|[;()]|[^\s]/gi

/**
 * Whether the SQL text holds a statement `copy … from stdin` or `copy … to stdout`. PGlite has no client side to copy
 * with: reading from it ends the session.
 */
export function copiesOverWire(sql: string): boolean {
  if (!/copy/i.test(sql) || !/stdin|stdout/i.test(sql)) return false
  let first = true
  let copying = false
  let previous = ''
  let depth = 0
  for (const [text] of sql.matchAll(token)) {
    if (text.startsWith('--') || text.startsWith('/*')) continue
    const word = text.toLowerCase()
    if (word === ';') {
      first = true
      copying = false
      continue
    }
    if (first) copying = word === 'copy'
    first = false
    if (word === '(') depth++
    if (word === ')') depth--
    const client = word === 'stdin' || word === 'stdout'
    if (copying && depth === 0 && client && (previous === 'from' || previous === 'to')) return true
    previous = word
  }
  return false
}

/** Whether a group of frontend messages asks for such a copy. */
export function groupCopiesOverWire(group: Uint8Array): boolean {
  const view = new DataView(group.buffer, group.byteOffset, group.byteLength)
  for (let at = 0; at < group.length; ) {
    const type = view.getUint8(at)
    const end = at + 1 + view.getInt32(at + 1)
    if ((type === typeQuery || type === typeParse) && copiesOverWire(sqlText(group, at + 5, end, type))) return true
    at = end
  }
  return false
}

/** A Query holds the text alone; a Parse holds the statement's name first. */
function sqlText(group: Uint8Array, start: number, end: number, type: number): string {
  const from = type === typeParse ? group.indexOf(0, start) + 1 : start
  return new TextDecoder().decode(group.subarray(from, Math.min(end, group.indexOf(0, from))))
}
