import { say } from '../../sentences/say.ts'
import type { RawCell } from './record-batch.ts'

/** Whether the first of some records names the columns, and how that was told. */
export interface DetectedHeader {
  readonly header: boolean
  readonly because: string
}

type Look = 'empty' | 'year' | 'number' | 'mark' | 'text'

/** Tells a header by comparing the first record with those below it, column by column. */
export function detectHeader(records: readonly (readonly RawCell[])[]): DetectedHeader {
  const [first = [], ...below] = records
  if (below.length === 0) return { header: true, because: say('There is only one record; it is taken for the header.') }
  let votes = 0
  for (const [index, cell] of first.entries()) {
    const look = lookOf(cell)
    const column = below.slice(0, 100).map((record) => record[index] ?? null)
    const looks = column.map(lookOf).filter((found) => found !== 'empty')
    if (look === 'mark') votes -= 2
    if (look === 'empty' || look === 'year' || looks.length === 0) continue
    const alike = looks.filter((found) => found === look || (look === 'number' && found === 'year')).length
    if (look === 'number') votes -= alike / looks.length > 0.8 ? 2 : 1
    else if (look === 'text' && looks.every((found) => found !== 'text')) votes += 2
    else if (look === 'text' && column.includes(cell)) votes -= 1
  }
  if (votes < 0) return { header: false, because: say('The first record looks like those below it.') }
  const because =
    votes > 0 ? say('The first record differs in kind from those below it.') : say('The first record is all text.')
  return { header: true, because }
}

/** A `mark` is what no one calls a column: an address, a date. */
function lookOf(cell: RawCell): Look {
  if (typeof cell === 'number') return Number.isInteger(cell) && cell >= 1900 && cell < 2100 ? 'year' : 'number'
  if (typeof cell !== 'string') return cell === null ? 'empty' : 'mark'
  const text = cell.trim()
  if (text === '') return 'empty'
  if (/^(?:19|20)\d\d$/.test(text)) return 'year'
  if (/^[\s(+-]*[$€£¥]?\s*\d[\d\s.,'’]*[%€)]?$/.test(text)) return 'number'
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$|^https?:\/\/|^www\.|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?$/i.test(text)) {
    return 'mark'
  }
  return 'text'
}
