import type { CellRange } from '../../grid-state/cell-range.ts'
import type { GridRow } from '../../grid-state/grid-row.ts'
import type { writing } from './writing.ts'

/** The rows of ranges in their order, each once; what is not loaded is read. */
export async function rowsInRanges(
  write: ReturnType<typeof writing>,
  ranges: readonly CellRange[],
): Promise<readonly GridRow[]> {
  const inOrder = ranges.toSorted((a, b) => a.top - b.top)
  const found = await Promise.all(inOrder.map((range) => write.rowsIn(range)))
  return [...new Map(found.flat().map((row) => [row.id, row])).values()]
}
