import type { FeedColumn } from '../db/tables/feeds.db.ts'
import type { OperationLog } from '../store/operation-log.ts'
import type { OrgSession } from '../store/org-session.ts'
import { addOptions, noteNames } from '../transfer/import/add-options.ts'
import { withOptions } from '../transfer/with-options.ts'
import type { OptionSettings } from '../values/options.ts'
import type { RecordRows } from './record-rows.ts'

/** Adds the options that records name and columns do not have, where the feed made the column or it takes new ones. */
export async function addNamedOptions(
  session: OrgSession,
  tableId: string,
  { rows }: Pick<RecordRows, 'rows'>,
  columns: readonly FeedColumn[],
  log: OperationLog,
  signal: AbortSignal,
): Promise<void> {
  const missing = await session.readTable(tableId, { signal }, async ({ table }) => {
    const named = new Map<string, Set<string>>()
    for (const { columnId, made } of columns) {
      const column = table.columns.find(({ id }) => id === columnId)
      if (column?.columnType.sort !== 'option-order') continue
      const { options, allowNew } = column.settings as unknown as OptionSettings
      if (!made && !allowNew) continue
      for (const { cells } of rows) if (isName(cells[columnId])) noteNames(named, column, cells[columnId])
      const names = named.get(columnId)
      if (names !== undefined && withOptions(column, names).options.length === options.length) named.delete(columnId)
    }
    return named
  })
  if (missing.size > 0) await addOptions(session, tableId, missing, log)
}

function isName(cell: unknown): cell is string | string[] {
  return (
    (typeof cell === 'string' && cell !== '') || (Array.isArray(cell) && cell.every((each) => typeof each === 'string'))
  )
}
