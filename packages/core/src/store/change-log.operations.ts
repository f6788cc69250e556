import { type RawBuilder, sql } from 'kysely'
import type { ChangeKind, OperationRole } from './log-entry.ts'
import type { Work } from './org-session.ts'
import { physical } from './physical-names.ts'

/** An operation as its first entry tells it. */
export interface LoggedOperation {
  readonly id: string
  /** Of its first entry. */
  readonly seq: string
  readonly role: OperationRole
  readonly target: string | null
  /** An undo or redo that has not taken back every entry of its target: it was interrupted. */
  readonly unfinished: boolean
}

/** An entry on its way to be taken back. */
export interface LoggedEntry {
  readonly seq: string
  readonly kind: ChangeKind
  readonly tableId: string
  readonly rowCount: number
  readonly firstRow: string | null
  readonly lastRow: string | null
  /** Every id from `firstRow` to `lastRow`. */
  readonly wholeRange: boolean
  readonly columnIds: readonly string[] | null
  readonly columnNumbers: readonly number[] | null
}

/** Whether an entry `x` has not been taken back by the operation. */
function notReverted(work: Pick<Work, 'org'>, operation: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`not exists (select 1 from ${physical.changes(work.org)} as u where u.operation = ${operation} and u.reverts = x.seq)`
}

/** Rows that came into a table with the table itself go and come with it: a copy of a table, say. */
function standsAlone({ org }: Pick<Work, 'org'>): RawBuilder<unknown> {
  return sql`not (x.row_count > 0 and exists (
    select 1 from ${physical.changes(org)} as m where m.operation = x.operation and m.kind = 'table' and m.table_id = x.table_id))`
}

function selectOperations(work: Work): RawBuilder<unknown> {
  return sql`
    select h.operation as id, h.seq, h.role, h.target,
      h.role <> 'do' and exists (
        select 1 from ${physical.changes(work.org)} as x where x.operation = h.target and ${standsAlone(work)} and ${notReverted(work, sql`h.operation`)}
      ) as unfinished
    from ${physical.changes(work.org)} as h`
}

/** Operations of the session's actor, newest first, begun before the entry `before`. */
export async function operationsOfActor(
  work: Work,
  options: { readonly before: string | null; readonly limit: number },
): Promise<LoggedOperation[]> {
  const { type, id } = work.actor
  return await work.tx.all(sql<LoggedOperation>`
    ${selectOperations(work)}
    where h.actor_type = ${type} and h.actor_id = ${id} and h.head
      and ${options.before === null ? sql`true` : sql`h.seq < ${options.before}::bigint`}
    order by h.seq desc limit ${sql.lit(options.limit)}`)
}

/** An operation whose beginning is still kept. */
export async function findOperation(work: Work, operation: string): Promise<LoggedOperation | undefined> {
  const [found] = await work.tx.all(
    sql<LoggedOperation>`${selectOperations(work)} where h.operation = ${operation} and h.head limit 1`,
  )
  return found
}

/** The undo or redo that takes the operation back, if there is one; there is never more than one. */
export async function revertOf(work: Work, operation: string): Promise<LoggedOperation | undefined> {
  const [found] = await work.tx.all(
    sql<LoggedOperation>`${selectOperations(work)} where h.target = ${operation} and h.head limit 1`,
  )
  return found
}

/** The newest entry of an operation that `by` has not taken back; `by` null: the newest of all. */
export async function nextToRevert(work: Work, operation: string, by: string | null): Promise<LoggedEntry | undefined> {
  const [found] = await work.tx.all(sql<LoggedEntry>`
    select x.seq, x.kind, x.table_id as "tableId", x.row_count as "rowCount", x.first_row as "firstRow", x.last_row as "lastRow",
      x.row_ids is null as "wholeRange", x.column_ids as "columnIds", to_json(x.column_numbers) as "columnNumbers"
    from ${physical.changes(work.org)} as x
    where x.operation = ${operation} and x.kind <> 'rows-computed' and ${standsAlone(work)} and ${by === null ? sql`true` : notReverted(work, sql`${by}`)}
    order by x.seq desc limit 1`)
  return found
}

/** What an operation wrote, oldest first; at most `limit` entries. */
export async function entriesOf(
  work: Work,
  operation: string,
  limit: number,
): Promise<readonly Pick<LoggedEntry, 'kind' | 'tableId' | 'rowCount' | 'firstRow' | 'columnIds'>[]> {
  return await work.tx.all(sql<Pick<LoggedEntry, 'kind' | 'tableId' | 'rowCount' | 'firstRow' | 'columnIds'>>`
    select kind, table_id as "tableId", row_count as "rowCount", first_row as "firstRow", column_ids as "columnIds"
    from ${physical.changes(work.org)}
    where operation = ${operation} and kind <> 'rows-computed' and (row_count > 0 or kind in ('table', 'column', 'view'))
    order by seq limit ${sql.lit(limit)}`)
}

/** Waits for whoever else is taking the operation back. */
export async function lockReverting(work: Work, operation: string): Promise<void> {
  await work.tx.run(
    sql`select pg_advisory_xact_lock(hashtextextended(${`opslayer undo ${work.org.orgId} ${operation}`}, 0))`,
  )
}

/** What an operation is about, for people. */
export interface OperationSummary {
  readonly kind: ChangeKind
  readonly tableId: string
  /** Rows that it wrote; a row written twice counts twice. */
  readonly rows: number
  readonly at: string
}

/** @returns undefined if nothing of it is kept */
export async function summariseOperation(work: Work, operation: string): Promise<OperationSummary | undefined> {
  const [found] = await work.tx.all(sql<OperationSummary>`
    select kind, table_id as "tableId", at,
      (select sum(row_count)::int from ${physical.changes(work.org)} where operation = ${operation} and kind <> 'rows-computed') as rows
    from ${physical.changes(work.org)} where operation = ${operation} order by seq limit 1`)
  return found
}
