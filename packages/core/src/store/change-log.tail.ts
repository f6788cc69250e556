import { sql } from 'kysely'
import { one } from '../db/transaction.ts'
import type { Json } from '../values/json.ts'
import type { Cause, ChangeKind, OperationRole } from './log-entry.ts'
import type { Work } from './org-session.ts'
import { physical } from './physical-names.ts'

/** An entry of the change log as it lies in the database. */
export interface ChangeRecord {
  readonly seq: string
  readonly at: string
  readonly operation: string
  readonly role: OperationRole
  readonly target: string | null
  /** `pruned`: everything up to here is no longer kept. */
  readonly kind: ChangeKind | 'pruned'
  readonly table_id: string
  readonly actor_type: string
  readonly actor_id: string
  readonly cause: Cause | null
  readonly row_count: number
  readonly first_row: string | null
  readonly last_row: string | null
  readonly row_ids: readonly string[] | null
  readonly column_ids: readonly string[] | null
  readonly computed_ids: readonly string[] | null
  readonly before?: Json
  readonly after?: Json
}

/** Entries behind a number as one snapshot of the database shows them. */
export interface LogTail {
  readonly records: readonly ChangeRecord[]
  /** Whether in this snapshot every transaction up to the noted one has ended. */
  readonly settled: boolean
  /** Whether the noted transaction is one of another server: the org has moved since. */
  readonly foreign: boolean
}

/** Row ids of one read at most, beside those of its last entry. */
const rowIdsPerRead = 20_000

/**
 * Reads entries and the state of the transactions in one statement, hence in one snapshot. Wants a transaction at the
 * isolation level read committed.
 */
export async function readTail(
  { tx, org }: Work,
  options: { readonly after: string; readonly limit: number; readonly values: boolean; readonly noted: string | null },
): Promise<LogTail> {
  const { after, limit, values, noted } = options
  const settled = noted === null ? sql`false` : sql`pg_snapshot_xmin(pg_current_snapshot()) > ${noted}::xid8`
  const foreign = noted === null ? sql`false` : sql`pg_snapshot_xmax(pg_current_snapshot()) <= ${noted}::xid8`
  const found = await tx.all(sql<{ settled: boolean; foreign: boolean } & ({ seq: null } | ChangeRecord)>`
    select s.settled, s."foreign", c.*
    from (select ${settled} as settled, ${foreign} as "foreign") as s left join (
      select seq, at, operation, role, target, kind, table_id, actor_type, actor_id, cause, row_count, first_row, last_row,
        row_ids, column_ids, computed_ids ${values ? sql`, before, after` : sql``}
      from (
        select l.*, sum(case when row_ids is null then 0 else row_count end) over (order by seq rows between unbounded preceding and 1 preceding) as ids
        from (select * from ${physical.changes(org)} where seq > ${after}::bigint order by seq limit ${sql.lit(limit)}) as l
      ) as r
      where coalesce(ids, 0) < ${sql.lit(rowIdsPerRead)}
    ) as c on true
    order by c.seq`)
  const { settled: hasSettled, foreign: isForeign } = one(found)
  return {
    settled: hasSettled,
    foreign: isForeign,
    records: found.flatMap((row) => (row.seq === null ? [] : [row])),
  }
}

/** A transaction id newer than that of every writer that has drawn a number so far. */
export async function noteTransactions({ tx }: Work): Promise<string> {
  return one(await tx.all(sql<{ xid: string }>`select pg_current_xact_id()::text as xid`)).xid
}

/** The number behind which everything is still to come: the newest, or the one before the oldest recent gap. */
export async function endOfLog({ tx, org }: Work): Promise<string> {
  const { end } = one(
    await tx.all(sql<{ end: string }>`
      with recent as (
        select seq, lag(seq) over (order by seq) as earlier, at from (
          select seq, at from ${physical.changes(org)} order by seq desc limit 10000
        ) as l
      )
      select coalesce(
        (select min(earlier) from recent where seq > earlier + 1 and at > clock_timestamp() - interval '2 minutes'),
        (select max(seq) from recent), 0
      ) as end`),
  )
  return end
}
