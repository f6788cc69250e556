import { checkSettings } from '../../catalog/column-input.ts'
import type { ColumnTypes } from '../../catalog/column-types.ts'
import { findColumn, refuseMissingType, type TableDefinition } from '../../catalog/table-definition.ts'
import { OpsError } from '../../errors/ops-error.ts'
import { say } from '../../sentences/say.ts'
import type { ReadColumn } from './cell-reader.ts'
import type { ImportPlan, PlannedColumn } from './import-plan.ts'

/** A column of a plan with all that reading its cells takes. */
export interface ResolvedColumn extends ReadColumn {
  readonly planned: PlannedColumn
  /** What users call it. */
  readonly name: string
}

/**
 * Looks up what a plan names.
 *
 * @param table the target, if it exists
 * @throws OpsError `INVALID_INPUT` for settings that do not fit, two columns with one target, and columns that formulas
 * fill; `NOT_FOUND` for columns that the target does not have
 */
export function resolvePlan(plan: ImportPlan, types: ColumnTypes, table: TableDefinition | null): ResolvedColumn[] {
  const taken = new Map<string, number>()
  return plan.columns.map((planned, place) => {
    const { to, facts } = planned
    if (to.kind === 'new') {
      const columnType = types.get(to.type)
      return { planned, name: to.name, columnType, settings: checkSettings(columnType, to.settings ?? {}), facts }
    }
    if (table === null) throw fault(place, 'A new table has no columns yet: say “new” for each.')
    const column = findColumn(table, to.column)
    if (column.formula !== null)
      throw fault(
        place,
        say('Column "{column}" has a formula: nothing can be imported into it.', { column: column.name }),
      )
    refuseMissingType(column, ['columns', place, 'to'])
    const other = taken.get(column.id)
    if (other !== undefined) {
      throw fault(
        place,
        say('Columns {#first} and {#second} of the file both go to "{column}".', {
          first: other + 1,
          second: planned.index + 1,
          column: column.name,
        }),
      )
    }
    taken.set(column.id, planned.index)
    return { planned, name: column.name, columnType: column.columnType, settings: column.settings, facts }
  })
}

function fault(place: number, message: string): OpsError {
  return new OpsError('INVALID_INPUT', message, { path: ['columns', place, 'to'] })
}
