import type { ColumnDefinition } from '../../catalog/table-definition.ts'
import { formulaErrorOf } from '../../formula/formula-error.ts'
import { errorInMark } from '../../query/formula-mark.ts'

/** Why a formula's cell is empty: what it shows, and what happened. */
export interface CellFailure {
  /** `DIVIDED_BY_ZERO`; filters take it as `{ column, state: 'failed', code }`. */
  readonly code: string
  /** What the cell shows: `#DIV/0!`. */
  readonly text: string
  /** For people. */
  readonly message: string
}

/** How a formula's cell stands; absent for one that has its result. */
export type CellOutcome = { readonly failure: CellFailure } | { readonly state: 'queued' | 'stale' } | undefined

/** What a mark says of a cell. */
export function cellOutcome({ formula }: Pick<ColumnDefinition, 'formula'>, mark: unknown): CellOutcome {
  if (formula === null) return undefined
  if (mark === null || mark === undefined) return { state: 'queued' }
  const number = errorInMark(Number(mark), formula.generation)
  if (number === null) return { state: 'stale' }
  if (number === 0) return undefined
  return { failure: cellFailure(number) }
}

/** Few numbers, many cells. */
const failures = new Map<number, CellFailure>()

/** The error of a number as cells show it. */
export function cellFailure(number: number): CellFailure {
  const known = failures.get(number)
  if (known !== undefined) return known
  const { code, sign, sentence } = formulaErrorOf(number)
  const failure = Object.freeze({ code, text: sign, message: sentence })
  failures.set(number, failure)
  return failure
}
