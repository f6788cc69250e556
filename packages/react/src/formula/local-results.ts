import {
  checkFormula,
  columnsOfTable,
  createEvaluator,
  FormulaError,
  type FormulaFault,
  type FunctionRegistry,
} from '@opslayer/core/formula'
import type { Json } from '@opslayer/core/values'
import type { TableRow } from '../data/client/rows-calls.ts'
import type { TableColumn } from '../data/client/tables-calls.ts'

/** What a formula gives in one row. */
export interface RowResult {
  readonly rowId: string
  readonly value: Json
  /** Why there is none. */
  readonly error: { readonly sign: string; readonly message: string } | null
}

/** What the browser itself finds out about a formula. */
export type LocalResults =
  | {
      readonly ok: true
      readonly columnType: string
      readonly reads: readonly string[]
      readonly rows: readonly RowResult[]
    }
  | { readonly ok: false; readonly faults: readonly FormulaFault[] }

/** What results depend on beside the rows. */
export interface LocalSurroundings {
  readonly now: number
  readonly timeZone: string
  /** The built-in functions, and those that the provider was given. */
  readonly functions: FunctionRegistry
}

/** The column type that shows results of a type of formulas. */
const columnTypes: Readonly<Record<string, string>> = {
  number: 'number',
  text: 'text',
  boolean: 'checkbox',
  date: 'date',
  datetime: 'datetime',
  duration: 'duration',
  json: 'json',
  blank: 'text',
}

/** Checks a formula and computes it for a few rows without the server. */
export function localResults(
  source: string,
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  { now, timeZone, functions }: LocalSurroundings,
): LocalResults {
  const known = columnsOfTable(columns as Parameters<typeof columnsOfTable>[0])
  const checked = checkFormula(source, { columns: known, functions })
  if (!checked.ok) return checked
  const { evaluate } = createEvaluator(checked.value)
  return {
    ok: true,
    columnType: columnTypes[checked.value.type] ?? 'list',
    reads: checked.value.columns.map(({ key }) => key),
    rows: rows.map((row): RowResult => {
      const cells = Object.fromEntries(columns.map(({ id, key }) => [id, row.cells[key] ?? null]))
      const result = evaluate(cells, { now, timeZone })
      if (!(result instanceof FormulaError)) return { rowId: row.id, value: result, error: null }
      return { rowId: row.id, value: null, error: { sign: result.sign, message: result.sentence } }
    }),
  }
}
