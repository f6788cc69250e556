import { limits } from '../../catalog/limits.ts'
import { unescapeSpreadsheetText } from '../spreadsheet-escape.ts'

/** A column of the file. */
export interface SourceColumn {
  /** Its place in records, from 0. */
  readonly index: number
  /** What the header says; empty if it says nothing. */
  readonly header: string
  /** Cleaned, never empty, and different from all others. */
  readonly name: string
}

/**
 * Names the columns after the header: on one line, cut to the length of a name; `Column 3` where the header says nothing,
 * `Name 2` where a name returns.
 *
 * @param width columns of the file, where it has more than the header
 */
export function nameColumns(headers: readonly string[], width = headers.length): SourceColumn[] {
  const taken = new Set<string>()
  const cleaned = Array.from({ length: Math.max(width, headers.length) }, (_, index) => clean(headers[index] ?? ''))
  // Names that stand in the header go before those that are made up.
  const firsts = new Set(cleaned.map((name) => name.toLowerCase()))
  return cleaned.map((name, index) => {
    const header = headers[index] ?? ''
    const wanted = name === '' ? `Column ${index + 1}` : name
    const isFree = !taken.has(wanted.toLowerCase()) && (name !== '' || !firsts.has(wanted.toLowerCase()))
    const free = isFree ? wanted : freeName(wanted, taken, firsts)
    taken.add(free.toLowerCase())
    return { index, header, name: free }
  })
}

function clean(header: string): string {
  return unescapeSpreadsheetText(header)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, limits.nameLength - 10)
    .toWellFormed()
    .trim()
}

function freeName(wanted: string, taken: ReadonlySet<string>, firsts: ReadonlySet<string>): string {
  for (let number = 2; ; number += 1) {
    const name = `${wanted} ${number}`
    if (!taken.has(name.toLowerCase()) && !firsts.has(name.toLowerCase())) return name
  }
}
