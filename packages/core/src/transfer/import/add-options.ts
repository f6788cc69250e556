import { type ColumnDefinition, findColumn } from '../../catalog/table-definition.ts'
import { applyColumnImage } from '../../store/apply-column-image.ts'
import type { OperationLog } from '../../store/operation-log.ts'
import type { OrgSession } from '../../store/org-session.ts'
import { originalText } from '../../store/prepare-cells.ts'
import type { Json } from '../../values/json.ts'
import { maxOptions, type OptionSettings } from '../../values/options.ts'
import { splitList } from '../../values/tag-list.ts'
import type { RawCell } from '../read/record-batch.ts'
import { withOptions } from '../with-options.ts'
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

/** Notes the names in a cell that its column, if it has options, could not read. */
export function noteNames(unknown: Map<string, Set<string>>, column: ColumnDefinition, raw: RawCell): void {
  const { sort, storage } = column.columnType
  if (sort !== 'option-order') return
  const names = unknown.get(column.id) ?? new Set()
  const parts = Array.isArray(raw) ? raw.map(originalText) : [originalText(raw)]
  for (const name of storage === 'text[]' ? parts.flatMap(splitList) : parts) {
    // More names than a column may have options are no options.
    if (names.size < maxOptions) names.add(name)
  }
  unknown.set(column.id, names)
}
