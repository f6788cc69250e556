import { type CellState, cellStates } from './cell-state.ts'

/**
 * What `c<n>_s` of a column that a plugin fills holds of a cell: the generation of the definition by which it was asked
 * for, times ten, and its state. So another definition makes every cell stale without touching a row. Null: never asked
 * for, or written by a person; such a cell counts as done if it has a value.
 */
const step = 10

/** Generations are numbers from 1 to this: marks are small. */
export const lastFillGeneration = 3_000

/** The state of a cell that is being asked for while its inputs have changed: it ends stale. */
const overtaken = 9

/** States that a mark can say. */
export type FillState = Exclude<CellState, 'empty' | 'warning'>

export function fillMark(generation: number, state: FillState): number {
  return generation * step + cellStates[state]
}

/** The same for SQL: what is left of a mark after division by this is the state's number. */
export const fillMarkStep: number = step

/** The number of `running`, and of a running cell that ends stale. */
export const runningNumbers: readonly number[] = [cellStates.running, overtaken]

export const overtakenNumber: number = overtaken

/** The number of a state that an outcome left behind, which a change of inputs or of the definition makes stale. */
export const settledNumbers: readonly number[] = [cellStates.done, cellStates.failed, cellStates.skipped]

const byNumber = new Map<number, CellState>(
  Object.entries(cellStates).map(([state, number]) => [number, state as CellState]),
)

/** What a mark says under the present generation; null is for what its value says. */
export function stateOfMark(mark: number, generation: number): CellState {
  const number = mark % step
  if (number === overtaken) return 'running'
  if (settledNumbers.includes(number) && Math.floor(mark / step) !== generation) return 'stale'
  return byNumber.get(number) ?? 'empty'
}
