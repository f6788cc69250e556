import { say } from '../../sentences/say.ts'
import type { ReadLimits } from './read-limits.ts'
import type { RawRecord } from './record-batch.ts'

/** Why a record with these cells is none of a file of so many columns; null if it is one. */
export function recordFault(
  cells: RawRecord,
  width: number,
  { maxCells, maxCellLength }: Pick<ReadLimits, 'maxCells' | 'maxCellLength'>,
): string | null {
  if (cells.length > maxCells)
    return say('it has {#cells} cells; at most {#count} can be read', { cells: cells.length, count: maxCells })
  const filled = cells.findLastIndex((cell) => cell !== null && cell !== '') + 1
  if (filled > width)
    return say('it has {#cells} cells, and the file {#count} columns', { cells: filled, count: width })
  const long = cells.findIndex((cell) => typeof cell === 'string' && cell.length > maxCellLength)
  return long === -1
    ? null
    : say('cell {#cell} is longer than {#count} characters', { cell: long + 1, count: maxCellLength })
}
