import { csvDecimal, plainDecimal, readDecimal } from '../../values/decimal.ts'
import type { RawCell } from '../read/record-batch.ts'

/** A raw cell as a text for people and for the detection of types; empty for an empty cell. */
export function textOfCell(cell: RawCell | undefined): string {
  if (typeof cell === 'string') return cell
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number') {
    const decimal = readDecimal(plainDecimal(cell))
    return decimal === null ? String(cell) : csvDecimal(decimal)
  }
  if (Array.isArray(cell) && cell.every((item) => typeof item === 'string')) return cell.join(', ')
  return typeof cell === 'boolean' ? String(cell) : JSON.stringify(cell)
}
