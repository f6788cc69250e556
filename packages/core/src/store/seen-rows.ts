import { type RawBuilder, sql } from 'kysely'
import { OpsError } from '../errors/ops-error.ts'
import { everyRow } from '../query/checked-filter.ts'
import { compileFilter } from '../query/compile-filter.ts'
import { say } from '../sentences/say.ts'
import type { OperationLog } from './operation-log.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import { queryTableOf } from './query-table-of.ts'
import { hiddenColumns, rowsOf, writableColumn } from './table-access.ts'

/** Whether the row `t` is there for the actor: stands in every statement that takes rows by their ids. */
export function isSeen(work: Pick<TableWork, 'org' | 'table' | 'context' | 'functions'>): RawBuilder<boolean> {
  if (rowsOf(work.table) === undefined) return sql`true`
  return compileFilter(everyRow(queryTableOf(work), work.context))
}

/** Which of the rows are there for the actor. */
export async function presentRows(work: TableWork, rowIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = physical.rows(work.org, work.table)
  const found = await work.tx.all(
    sql<{
      id: string
    }>`select t._id as id from ${rows} as t where t._id = any (${[...rowIds]}::bigint[]) and ${isSeen(work)}`,
  )
  return new Set(found.map(({ id }) => id))
}

/** Whether a row is there for the actor. */
export async function seesRow(work: TableWork, rowId: string): Promise<boolean> {
  if (rowsOf(work.table) === undefined) return true
  const rows = physical.rows(work.org, work.table)
  return (
    (await work.tx.all(sql`select from ${rows} as t where t._id = ${rowId}::bigint and ${isSeen(work)}`)).length > 0
  )
}

/**
 * Refuses to touch rows that are not there for the actor: for writes that meet rows by other means than a read.
 *
 * @throws OpsError `FORBIDDEN`
 */
export async function refuseUnseen(work: TableWork, rowIds: readonly string[]): Promise<void> {
  if (rowsOf(work.table) === undefined || rowIds.length === 0) return
  await refuse(work, sql`t._id = any (${[...rowIds]}::bigint[])`)
}

/**
 * Refuses an operation that leaves rows outside what the actor may see: nobody gives rows away, or makes them for
 * others. To be called when the operation's entries are written; the error takes the transaction back.
 *
 * @throws OpsError `FORBIDDEN`
 */
export async function refuseOutside(work: TableWork, { operation }: OperationLog): Promise<void> {
  if (rowsOf(work.table) === undefined) return
  await refuseLogged(work, sql`c.operation = ${operation.id}`)
}

/**
 * Refuses to take back an entry that touches what the actor may not change.
 *
 * @throws OpsError `FORBIDDEN`
 */
export async function refuseRevert(work: TableWork, entry: RevertedEntry): Promise<void> {
  const hidden = new Set(hiddenColumns(work.table))
  const live = new Set(work.table.columns.map(({ id }) => id))
  for (const id of entry.columnIds ?? []) {
    if (hidden.has(id)) throw notYours()
    if (live.has(id)) writableColumn(work.table, id)
  }
  if (rowsOf(work.table) !== undefined) await refuseLogged(work, sql`c.seq = ${entry.seq}::bigint`)
}

interface RevertedEntry {
  readonly seq: string
  readonly columnIds: readonly string[] | null
}

async function refuseLogged(work: TableWork, entries: RawBuilder<unknown>): Promise<void> {
  await refuse(
    work,
    sql`exists (select 1 from ${physical.changes(work.org)} as c where ${entries} and c.table_id = ${work.table.id}
      and (t._id = any (c.row_ids) or (c.row_ids is null and t._id between c.first_row and c.last_row)))`,
  )
}

async function refuse(work: TableWork, touched: RawBuilder<unknown>): Promise<void> {
  const rows = physical.rows(work.org, work.table)
  const [unseen] = await work.tx.all(
    sql`select 1 from ${rows} as t where ${touched} and (${isSeen(work)}) is not true limit 1`,
  )
  if (unseen !== undefined) throw notYours()
}

function notYours(): OpsError {
  return new OpsError('FORBIDDEN', say('This would change what you may not change. Nothing was changed.'))
}
