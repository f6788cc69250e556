import type { ColumnRule } from '../../catalog/table.ts'
import type { OpsErrorPath } from '../../errors/ops-error.ts'
import { checkFormula } from '../../formula/check.ts'
import type { FormulaColumn } from '../../formula/formula-column.ts'
import { typeName } from '../../formula/formula-type.ts'
import type { FunctionRegistry } from '../../formula/function-registry.ts'
import { referencedColumns, storedSource } from '../../formula/references.ts'
import { say } from '../../sentences/say.ts'
import { invalidFormula, wholeFault } from './formula-refusals.ts'

/**
 * A default's formula as it is stored. New rows get it from what was put in, so it reads no formulas, no other such
 * default and not its own column.
 *
 * @throws OpsError `FORMULA_INVALID`
 */
export function checkDefaultFormula(
  source: string,
  columnId: string,
  columns: readonly FormulaColumn[],
  isFilledIn: (columnId: string) => boolean,
  functions: FunctionRegistry,
): string {
  const path = ['defaultFormula']
  const stored = checkedSource(source, columns, functions, path)
  const wrong = referencedColumns(stored).find((id) => id === columnId || !isFilledIn(id))
  if (wrong === undefined) return stored
  const key = columns.find(({ id }) => id === wrong)?.key ?? ''
  const message =
    wrong === columnId
      ? say('A default reads what is put into a row, and not its own column.')
      : say('A default reads what is put into a row, and not @{key}, which is itself computed.', { key })
  throw invalidFormula([wholeFault(source, message)], path)
}

/**
 * A rule as it is stored.
 *
 * @throws OpsError `FORMULA_INVALID`
 */
export function checkRule(
  { formula, message }: ColumnRule,
  columnId: string,
  columns: readonly FormulaColumn[],
  functions: FunctionRegistry,
): ColumnRule {
  const path = ['rule', 'formula']
  const stored = checkedSource(formula, columns, functions, path, 'boolean')
  const reads = referencedColumns(stored)
  if (reads.length === 1 && reads[0] === columnId) return { formula: stored, message }
  const key = columns.find(({ id }) => id === columnId)?.key ?? ''
  throw invalidFormula([wholeFault(formula, say('A rule reads its own column, @{key}, and no other.', { key }))], path)
}

function checkedSource(
  source: string,
  columns: readonly FormulaColumn[],
  functions: FunctionRegistry,
  path: OpsErrorPath,
  wanted?: 'boolean',
): string {
  const checked = checkFormula(source, { columns, functions })
  if (!checked.ok) throw invalidFormula(checked.faults, path)
  if (wanted !== undefined && checked.value.type !== wanted) {
    const fault = say('A rule is true or false, as in @score >= 0; this is {~type}.', {
      type: typeName(checked.value.type),
    })
    throw invalidFormula([wholeFault(source, fault)], path)
  }
  const stored = storedSource(source, columns)
  if (!stored.ok) throw invalidFormula(stored.faults, path)
  return stored.value
}
