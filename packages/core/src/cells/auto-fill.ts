import { sql } from 'kysely'
import { eachAlone } from '../catalog/each-alone.ts'
import { everyItem } from '../catalog/every-item.ts'
import { tablesToFill } from '../catalog/system.repository.ts'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import type { OpenDatabase } from '../db/open-database.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { isFree, isSelected } from '../store/filled/claim-cells.ts'
import type { OrgSession, TableWork } from '../store/org-session.ts'
import { physical } from '../store/physical-names.ts'
import { startColumnRun } from './cells.service.ts'
import { othersOn } from './other-runs.ts'

/** What a process has seen of a table: the log's end, and for how many looks it has moved. */
interface Seen {
  readonly end: string
  readonly looks: number
}

export type SeenTables = Map<string, Seen>

/** Looks during which changes may go on before cells are asked for all the same. */
const mostLooks = 5

/**
 * Starts runs over cells whose inputs have changed, in columns that ask for it, of all orgs of a database. Waits until a
 * table is quiet for a look, or has not been for some. What is to be asked for stands in the cells, so that a process
 * that was away misses nothing.
 */
export async function autoFill(
  database: OpenDatabase,
  sessionOf: (orgId: string) => OrgSession,
  seen: SeenTables,
  signal: AbortSignal,
): Promise<void> {
  const tables = everyItem({ orgId: '', tableId: '' }, (page) => tablesToFill(database, page, { signal }))
  await eachAlone(tables, async ({ orgId, tableId }) => {
    await fillTable(sessionOf(orgId), tableId, seen).catch((error: unknown) => {
      // The table is gone, or a fill no longer fits: its column says so.
      if (!isOpsError(error, 'NOT_FOUND') && !isOpsError(error, 'CONFLICT')) throw error
    })
  })
}

async function fillTable(session: OrgSession, tableId: string, seen: SeenTables): Promise<void> {
  const key = `${session.orgId} ${tableId}`
  const before = seen.get(key)
  const found = await session.readTable(tableId, {}, async (work) => {
    const end = await endOfLog(work)
    const looks = before?.end === end ? 0 : (before?.looks ?? 0) + 1
    if (before?.end === end && before.looks === 0) return { end, looks, columns: [] }
    const isQuiet = looks === 0 || looks >= mostLooks
    return { end, looks: isQuiet ? 0 : looks, columns: isQuiet ? await columnsDue(work) : [] }
  })
  seen.set(key, { end: found.end, looks: found.looks })
  for (const { id } of found.columns) {
    await startColumnRun(session, tableId, id, { cause: [{ type: 'auto', id }] }, (column) => ({
      columnId: column.id,
      which: 'changed' as const,
      rows: null,
      filter: null,
      failedIn: null,
      limit: column.fill?.limits.perRun ?? null,
      maxCost: null,
    }))
  }
}

async function endOfLog({ tx, org }: TableWork): Promise<string> {
  const [found] = await tx.all(sql<{ end: string | null }>`select max(seq) as end from ${physical.changes(org)}`)
  return found?.end ?? '0'
}

async function columnsDue(work: TableWork): Promise<readonly ColumnDefinition[]> {
  const due: ColumnDefinition[] = []
  for (const column of work.table.columns) {
    if (column.fill?.auto !== true || (await othersOn(work, column, '')).count > 0) continue
    const selection = { column, which: 'changed' as const, filter: null, rows: null, failedIn: null }
    const [found] = await work.tx.all(sql<{ any: boolean }>`
      select exists (select 1 from ${physical.rows(work.org, work.table)} as t
        where ${isSelected(work, selection)} and ${isFree(column)}) as any`)
    if (found?.any === true) due.push(column)
  }
  return due
}
