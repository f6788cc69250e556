import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { everyRow } from '../query/checked-filter.ts'
import { selectDistinct } from '../query/distinct.ts'
import type { AnyColumnType } from '../values/column-type.ts'
import type { Json } from '../values/json.ts'
import { withNewOptions } from '../values/new-options.ts'
import { statusGroups } from '../values/options.ts'
import { statusType } from '../values/types/status.ts'
import type { TableWork } from './org-session.ts'
import { queryColumnOf, queryTableOf } from './query-table-of.ts'

/** Distinct values looked at when options are made of them: as many as a column may have options. */
const most = 1_000

/** Settings of a type for a column that turns into it: its own defaults, and for types with options the values' names. */
export async function settingsForValues(
  work: TableWork,
  column: ColumnDefinition,
  target: AnyColumnType,
): Promise<Json> {
  if (target.sort !== 'option-order' || column.columnType.storage === 'jsonb') return target.settings.parse({})
  const none = target.settings.parse({ options: [] })
  const filter = everyRow(queryTableOf(work), work.context)
  const found = await work.tx.all(
    selectDistinct({ filter, column: queryColumnOf(column), order: 'count', limit: most }),
  )
  const names = found.flatMap(({ value }) => namesIn(column, value))
  return target.id === statusType.id
    ? withNewOptions(none, names, { group: statusGroups[0] })
    : withNewOptions(none, names)
}

/** The texts that the new type will read from a cell. */
function namesIn(column: ColumnDefinition, value: Json): string[] {
  const cell = column.columnType.storage === 'text[]' ? [value] : value
  return [column.columnType.toCsv(cell, column.settings)]
}
