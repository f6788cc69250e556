import type { ColumnChanges } from '../../catalog/columns.repository.ts'
import type { ColumnRule } from '../../catalog/table.ts'
import type { ColumnDefinition } from '../../catalog/table-definition.ts'
import { updateTable } from '../../catalog/tables.repository.ts'
import { OpsError } from '../../errors/ops-error.ts'
import { say } from '../../sentences/say.ts'
import type { TableWork } from '../org-session.ts'
import { addPhysicalColumns } from '../table-ddl.ts'
import { changedFormula } from './change-formula.ts'
import { checkDefaultFormula, checkRule } from './column-rules.ts'
import { formulaColumn } from './table-formulas.ts'

/** What a change says of formulas: the column's own, its default's, its rule. */
export interface FormulaChanges {
  readonly formula?: string | undefined
  readonly type?: string | undefined
  readonly settings?: unknown
  readonly defaultFormula?: string | null | undefined
  readonly rule?: ColumnRule | null | undefined
}

type FormulaImage = Pick<
  ColumnChanges,
  'formula' | 'formulaType' | 'type' | 'storage' | 'settings' | 'number' | 'defaultFormula' | 'rule' | 'defaultValue'
>

/**
 * The members of a column's image that come of its formulas. `number` is there where results are kept in another way, in
 * a physical column that is still to be made.
 *
 * @throws OpsError as `changedFormula`, `checkDefaultFormula` and `checkRule`
 */
export function formulasAfter(work: TableWork, column: ColumnDefinition, changes: FormulaChanges): FormulaImage {
  const { table, functions, types } = work
  const { defaultFormula, rule } = changes
  const columns = table.columns.map(formulaColumn)
  const isFilledIn = (id: string): boolean =>
    table.columns.some((each) => each.id === id && each.formula === null && each.defaultFormula === null)
  const isFormulaChange = changes.formula !== undefined || (changes.type !== undefined && column.formula !== null)
  const formula = isFormulaChange ? changedFormula(work, column, changes) : null
  const isKeptOtherwise = formula !== null && types.get(formula.type).storage !== column.columnType.storage
  return {
    ...formula,
    ...(isKeptOtherwise && { number: table.nextColumnNumber }),
    ...(defaultFormula === null && { defaultFormula: null }),
    ...(typeof defaultFormula === 'string' && {
      defaultFormula: checkDefaultFormula(defaultFormula, column.id, columns, isFilledIn, functions),
      defaultValue: null,
    }),
    ...(rule !== undefined && { rule: rule === null ? null : checkRule(rule, column.id, columns, functions) }),
  }
}

/** @throws OpsError `INVALID_INPUT` for what a formula's column cannot have */
export function refuseForFormula(
  column: ColumnDefinition,
  changes: FormulaChanges & { readonly unique?: boolean | undefined; readonly defaultValue?: unknown },
): void {
  const { unique, defaultValue, defaultFormula, rule } = changes
  const hasDefault = (defaultValue ?? null) !== null || (defaultFormula ?? null) !== null
  if (unique !== true && !hasDefault && (rule ?? null) === null) return
  throw new OpsError(
    'INVALID_INPUT',
    say('A formula gives the cells of {column}: it is not unique and takes no default and no rule.', {
      column: column.name,
    }),
  )
}

/** Makes the physical column to which the results move. */
export async function addResultColumn(
  { tx, org, table, types }: TableWork,
  column: ColumnDefinition,
  { number = column.number, type = column.type }: Pick<FormulaImage, 'number' | 'type'>,
): Promise<void> {
  await addPhysicalColumns(tx, org, table, [{ ...column, number, columnType: types.get(type) }])
  await updateTable(tx.db, org.orgId, table.id, { nextColumnNumber: number + 1 })
}
