import type { ColumnDefinition } from '../catalog/table-definition.ts'
import type { CellState } from '../query/cell-state.ts'
import { stateOfMark } from '../query/fill-mark.ts'
import { cellOutcome } from './formulas/cell-outcome.ts'

/** How a cell stands that a formula or a plugin gives. */
export interface CellStatus {
  /**
   * - `queued`, `running`: it will be given, or is being obtained
   * - `failed`: it could not be; `code` and `message` say why
   * - `skipped`: nobody asked, and that is right; `message` says why
   * - `stale`: what it was made of has changed since
   */
  readonly state: Exclude<CellState, 'empty' | 'done' | 'warning'>
  /** `DIVIDED_BY_ZERO`, `429`; filters take it as `{ column, state: 'failed', code }`. */
  readonly code?: string
  /** For people. */
  readonly message?: string
  /** What a formula's cell shows in place of a value: `#DIV/0!`. */
  readonly text?: string
  /** Who was asked, for a plugin's cell. */
  readonly provider?: string
}

/**
 * What a mark says of a cell; undefined for one that is done or empty.
 *
 * @param details what lies beside a cell that a plugin fills
 */
export function cellStatus(
  column: Pick<ColumnDefinition, 'formula' | 'fill'>,
  mark: unknown,
  details: Partial<CellStatus> | undefined,
): CellStatus | undefined {
  if (column.fill !== null) return filledStatus(column.fill.generation, mark, details)
  const outcome = cellOutcome(column, mark)
  if (outcome === undefined) return undefined
  return 'failure' in outcome ? { state: 'failed', ...outcome.failure } : outcome
}

function filledStatus(
  generation: number,
  mark: unknown,
  details: Partial<CellStatus> | undefined,
): CellStatus | undefined {
  if (mark === null || mark === undefined) return undefined
  const state = stateOfMark(Number(mark), generation)
  if (state === 'done' || state === 'empty' || state === 'warning') return undefined
  return state === 'failed' || state === 'skipped' ? { ...details, state } : { state }
}
