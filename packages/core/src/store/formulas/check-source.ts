import * as z from 'zod'
import { sourceSchema } from '../../catalog/column-input.ts'
import type { ColumnDefinition, TableDefinition } from '../../catalog/table-definition.ts'
import { findColumn } from '../../catalog/table-definition.ts'
import type { CallOptions } from '../../db/transaction.ts'
import { checkInput } from '../../errors/check-input.ts'
import { checkFormula } from '../../formula/check.ts'
import type { FormulaFault } from '../../formula/formula-fault.ts'
import type { FormulaType } from '../../formula/formula-type.ts'
import { storedSource } from '../../formula/references.ts'
import type { CheckedFormula } from '../../formula/typed-formula.ts'
import type { OrgSession, TableWork } from '../org-session.ts'
import { findCycle } from './change-formula.ts'
import { wholeFault } from './formula-refusals.ts'
import { resultType } from './result-type.ts'
import { formulaColumn } from './table-formulas.ts'

/** What is to be known of a formula before it is used. */
export interface FormulaCheck {
  /** Type of the results: `number`, `list<date>`; null for a formula with faults. */
  readonly type: FormulaType | null
  /** Id of the column type that holds them, unless another is asked for. */
  readonly columnType: string | null
  /** Ids of the columns that it reads. */
  readonly reads: readonly string[]
  /** How long results stay good where they change with time. */
  readonly volatile: 'day' | 'minute' | null
  /** Why it cannot be used, each with its place in the source; empty if it can. */
  readonly faults: readonly FormulaFault[]
}

export interface FormulaCheckOptions extends CallOptions {
  /** The column whose formula it would be: reading it would go round in a circle. @default a new one */
  readonly columnId?: string | undefined
}

/** @throws OpsError `NOT_FOUND`, `INVALID_INPUT` for a source that is no text */
export async function checkSource(
  session: OrgSession,
  tableId: string,
  source: string,
  options: FormulaCheckOptions = {},
): Promise<FormulaCheck> {
  const checked = checkInput(sourceSchema, source, ['source'])
  const columnId = checkInput(z.string().max(300).optional(), options.columnId, ['columnId'])
  return await session.readTable(tableId, options, async (work) => {
    const column = columnId === undefined ? null : findColumn(work.table, columnId)
    return checkFor(work, checked, column).check
  })
}

/** The check, and the formula if it has no faults. */
export function checkFor(
  { table, types, functions }: Pick<TableWork, 'table' | 'types' | 'functions'>,
  source: string,
  column: ColumnDefinition | null,
): { readonly check: FormulaCheck; readonly formula: CheckedFormula | null } {
  const columns = table.columns.map(formulaColumn)
  const checked = checkFormula(source, { columns, functions })
  const faults = checked.ok ? cycleFaults(table, source, column) : checked.faults
  if (!checked.ok || faults.length > 0) {
    return { check: { type: null, columnType: null, reads: [], volatile: null, faults }, formula: null }
  }
  const result = resultType(checked.value, undefined, types)
  const check = {
    type: result.type,
    columnType: result.columnType.id,
    reads: checked.value.columns.map(({ id }) => id),
    volatile: checked.value.volatile,
    faults,
  }
  return { check, formula: checked.value }
}

function cycleFaults(table: TableDefinition, source: string, column: ColumnDefinition | null): readonly FormulaFault[] {
  const stored = column === null ? null : storedSource(source, table.columns)
  if (column === null || stored?.ok !== true) return []
  const cycle = findCycle(table, column, stored.value)
  return cycle === null ? [] : [wholeFault(source, cycle)]
}
