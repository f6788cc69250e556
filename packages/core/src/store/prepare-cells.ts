import { type ColumnDefinition, type TableDefinition, writeRefusal } from '../catalog/table-definition.ts'
import type { OpsErrorCode } from '../errors/error-codes.ts'
import { OpsError } from '../errors/ops-error.ts'
import type { Json } from '../values/json.ts'
import { brokenRule } from './formulas/column-checks.ts'
import type { FormulaSurroundings } from './formulas/formula-write.ts'
import { writableColumn } from './table-access.ts'

/** What users write into a row: any readable input by column key or id; null or `''` empties the cell. */
export type CellsInput = Readonly<Record<string, unknown>>

/** A cell that could not be written as asked. The rest of its row was, unless `onInvalid` says otherwise. */
export interface CellError {
  /** Place of the row in the call's list, from 0. */
  readonly index: number
  /** Key of the column. */
  readonly column: string
  readonly code: OpsErrorCode
  /** What is wrong, for people. */
  readonly message: string
}

/** A cell whose input does not fit its type, as it is kept beside the row. */
export interface KeptText {
  readonly column: ColumnDefinition
  readonly original: string
  readonly message: string
}

export interface PreparedRow {
  /** Place in the call's list. */
  readonly index: number
  /** Stored values by column. */
  readonly values: ReadonlyMap<ColumnDefinition, Json>
  readonly kept: readonly KeptText[]
}

/**
 * What happens to a cell that its type cannot read, or that breaks uniqueness.
 * - `skip`: the cell is left as it is (empty in a new row) and reported
 * - `keep`: the cell becomes empty, its original text is kept beside the row as a warning, and it is reported
 * - `reject`: the whole row is left out and reported
 */
export type OnInvalid = 'skip' | 'keep' | 'reject'

/** The original text kept of a refused input, in characters. */
const keptLength = 10_000

/**
 * Reads one row's input.
 *
 * @returns undefined if the row is to be left out
 * @throws OpsError `INVALID_INPUT` for input that is not an object, `NOT_FOUND` for an unknown column
 */
export function prepareCells(
  { table, context, functions }: FormulaSurroundings,
  cells: CellsInput,
  index: number,
  onInvalid: OnInvalid,
  errors: CellError[],
): PreparedRow | undefined {
  const values = new Map<ColumnDefinition, Json>()
  const kept = readCells({ table, onInvalid, context, functions, errors }, cells, index, (column, value) => {
    values.set(column, value)
  })
  return kept === undefined ? undefined : { index, values, kept }
}

/** How the rows of one call are read. */
export interface CellReading extends FormulaSurroundings {
  readonly onInvalid: OnInvalid
  /** Grows by the cells that cannot be read. */
  readonly errors: CellError[]
}

const nothingKept: readonly KeptText[] = []

/**
 * Reads one row's input, handing each stored value to `set`. Makes nothing else: loads go through millions of cells.
 *
 * @returns the texts to be kept, or undefined if the row is to be left out
 * @throws OpsError as {@link prepareCells}
 */
export function readCells(
  reading: CellReading,
  cells: CellsInput,
  index: number,
  set: (column: ColumnDefinition, value: Json) => void,
): readonly KeptText[] | undefined {
  const { table, onInvalid, context, errors } = reading
  if (typeof cells !== 'object' || cells === null || Array.isArray(cells)) {
    throw new OpsError('INVALID_INPUT', `Row ${index}: cells must be an object of values by column key.`, {
      path: [index, 'cells'],
    })
  }
  let kept = nothingKept
  let refused = false
  for (const key of Object.keys(cells)) {
    const column = columnOf(table, key, index)
    const input = cells[key]
    const unwritable = writeRefusal(column)
    if (unwritable !== null) {
      errors.push({ index, column: column.key, code: unwritable.code, message: unwritable.message })
      if (onInvalid === 'reject') refused = true
      continue
    }
    const parsed = column.columnType.parse(input, column.settings, context)
    const broken = parsed.ok && column.rule !== null ? brokenRule(reading, column, parsed.value) : null
    if (parsed.ok && broken === null) {
      set(column, parsed.value)
      continue
    }
    const message = parsed.ok ? (broken ?? '') : parsed.reason
    errors.push({ index, column: column.key, code: parsed.ok ? 'RULE_VIOLATION' : 'INVALID_VALUE', message })
    if (onInvalid === 'reject') refused = true
    if (onInvalid === 'keep') {
      set(column, null)
      kept = [...kept, { column, original: originalText(input), message }]
    }
  }
  return refused ? undefined : kept
}

function columnOf(table: TableDefinition, key: string, index: number): ColumnDefinition {
  try {
    return writableColumn(table, key)
  } catch (error) {
    if (!(error instanceof OpsError)) throw error
    throw new OpsError(error.code, error.message, { path: [index, 'cells', key] })
  }
}

/** The text of a refused input, as far as it is kept. */
export function originalText(input: unknown): string {
  const text = typeof input === 'string' ? input : (JSON.stringify(input) ?? String(input))
  return text.slice(0, keptLength).toWellFormed().replaceAll('\0', '\uFFFD')
}
