import { type ColumnDefinition, findColumn } from '../../catalog/table-definition.ts'
import { applyColumnImage } from '../../store/columns.service.ts'
import type { OperationLog } from '../../store/operation-log.ts'
import type { OrgSession } from '../../store/org-session.ts'
import type { Json } from '../../values/json.ts'
import { withNewOptions } from '../../values/new-options.ts'
import { type OptionSettings, statusGroups } from '../../values/options.ts'
import { statusType } from '../../values/types/status.ts'
import type { ImportInput } from './import-input.ts'

/** Column ids with the names that they are to have as options. */
export type NewOptions = ReadonlyMap<string, ReadonlySet<string>>

/** Those of the names that the import may add. */
export function optionsToAdd(
  input: ImportInput,
  columns: readonly ColumnDefinition[],
  unknown: NewOptions,
): NewOptions {
  const { newOptions } = input.settings
  if (newOptions === 'refuse') return new Map()
  const made = new Set(input.columns.flatMap((column) => (column.made ? [column.columnId] : [])))
  return new Map(
    [...unknown].filter(([columnId, names]) => {
      const column = columns.find(({ id }) => id === columnId)
      if (column === undefined || withOptions(column, names).options.length === optionsOf(column).options.length)
        return false
      return newOptions === 'add' || made.has(columnId) || optionsOf(column).allowNew
    }),
  )
}

/** Adds options to columns, in the name of the import's operation. */
export async function addOptions(
  session: OrgSession,
  tableId: string,
  added: NewOptions,
  log: OperationLog,
): Promise<void> {
  for (const [columnId, names] of added) {
    await session.defineTable(tableId, {}, async (work) => {
      const column = findColumn(work.table, columnId)
      await applyColumnImage(work, log, column, { settings: withOptions(column, names) as unknown as Json })
    })
  }
}

function optionsOf(column: ColumnDefinition): OptionSettings {
  return column.settings as unknown as OptionSettings
}

function withOptions(column: ColumnDefinition, names: ReadonlySet<string>): OptionSettings {
  const settings = column.columnType.settings.parse(column.settings)
  return column.type === statusType.id
    ? withNewOptions(settings, names, { group: statusGroups[0] })
    : withNewOptions(settings as OptionSettings, names)
}
