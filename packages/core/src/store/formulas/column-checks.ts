import type { ColumnDefinition, TableDefinition } from '../../catalog/table-definition.ts'
import { checkFormula } from '../../formula/check.ts'
import { createEvaluator, type FormulaEvaluator } from '../../formula/evaluate.ts'
import { FormulaError } from '../../formula/formula-error.ts'
import type { FunctionRegistry } from '../../formula/function-registry.ts'
import type { Json } from '../../values/json.ts'
import { wholeTable } from '../table-access.ts'
import { type FormulaSurroundings, momentOf } from './formula-write.ts'
import { formulaColumn } from './table-formulas.ts'

/** The rules and computed defaults of a table, ready to run. Null for a formula that no longer fits its columns. */
interface TableChecks {
  readonly functions: FunctionRegistry
  readonly rules: ReadonlyMap<ColumnDefinition, FormulaEvaluator | null>
  readonly defaults: readonly (readonly [ColumnDefinition, FormulaEvaluator])[]
}

const known = new WeakMap<TableDefinition, TableChecks>()

function checksOf(narrowed: TableDefinition, functions: FunctionRegistry): TableChecks {
  const table = wholeTable(narrowed)
  const cached = known.get(table)
  if (cached?.functions === functions) return cached
  const columns = table.columns.map(formulaColumn)
  const evaluatorOf = (stored: string): FormulaEvaluator | null => {
    const checked = checkFormula(stored, { columns, functions })
    return checked.ok ? createEvaluator(checked.value) : null
  }
  const checks: TableChecks = {
    functions,
    rules: new Map(
      table.columns.flatMap((column) =>
        column.rule === null ? [] : [[column, evaluatorOf(column.rule.formula)] as const],
      ),
    ),
    defaults: table.columns.flatMap((column) => {
      const evaluator = column.defaultFormula === null ? null : evaluatorOf(column.defaultFormula)
      return evaluator === null ? [] : [[column, evaluator] as const]
    }),
  }
  known.set(table, checks)
  return checks
}

/**
 * What people are told of a value that breaks the rule of its column; null for one that is fine. Empty cells are, and so
 * is everything under a rule that no longer fits its column.
 */
export function brokenRule(
  { table, context, functions }: FormulaSurroundings,
  column: ColumnDefinition,
  value: Json,
): string | null {
  if (column.rule === null || value === null) return null
  const evaluator = checksOf(table, functions).rules.get(column) ?? null
  if (evaluator === null) return null
  return evaluator.evaluate({ [column.id]: value }, momentOf(context)) === true ? null : column.rule.message
}

/** Gives a new row the cells that it comes without: constants first, then what formulas make of the row. */
export function fillDefaults(work: FormulaSurroundings, values: Map<ColumnDefinition, Json>): void {
  const { table, context, functions } = work
  for (const column of table.columns) {
    if (column.defaultValue !== null && !values.has(column)) values.set(column, column.defaultValue)
  }
  const { defaults } = checksOf(table, functions)
  if (defaults.length === 0) return
  const cells = Object.fromEntries([...values].map(([{ id }, value]) => [id, value]))
  for (const [column, evaluator] of defaults) {
    if (values.has(column)) continue
    const value = fitting(work, column, evaluator.evaluate(cells, momentOf(context)))
    if (value !== null) values.set(column, value)
  }
}

/** A result as the column keeps it; one that is an error, or does not fit, leaves the cell empty. */
function fitting(work: FormulaSurroundings, column: ColumnDefinition, result: Json | FormulaError): Json {
  if (result instanceof FormulaError || result === null) return null
  const parsed = column.columnType.parse(result, column.settings, work.context)
  if (!parsed.ok || brokenRule(work, column, parsed.value) !== null) return null
  return parsed.value
}
