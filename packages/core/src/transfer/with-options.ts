import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { withNewOptions } from '../values/new-options.ts'
import { type OptionSettings, statusGroups } from '../values/options.ts'
import { statusType } from '../values/types/status.ts'

/** The settings of a column with options, with the names added. */
export function withOptions(column: ColumnDefinition, names: Iterable<string>): OptionSettings {
  const settings = column.columnType.settings.parse(column.settings)
  return column.type === statusType.id
    ? withNewOptions(settings, names, { group: statusGroups[0] })
    : withNewOptions(settings as OptionSettings, names)
}
