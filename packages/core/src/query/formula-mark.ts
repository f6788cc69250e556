/**
 * What `c<n>_s` of a formula's column holds of a cell: the generation of the definition that gave it, and the number of
 * the error it ended in, 0 for none. So a new definition makes every cell stale without touching a row, and whoever
 * fills the column sees which rows are left. Null: never computed.
 */
const step = 100

/** Generations are counted from 1 to this, then from 1 again: the marks are small numbers. */
export const lastGeneration = 300

/** The mark of a result without an error; that of an error is higher by its number. */
export function baseMark(generation: number): number {
  return generation * step
}

/** The greatest mark of a generation. */
export function highestMark(generation: number): number {
  return generation * step + step - 1
}

/** The error's number in a mark of this generation; null where the cell is of another one. */
export function errorInMark(mark: number, generation: number): number | null {
  return Math.floor(mark / step) === generation ? mark % step : null
}

/** The same for SQL: what is left of a mark after division by this is the error's number. */
export const markStep: number = step
