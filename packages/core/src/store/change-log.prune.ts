import { sql } from 'kysely'
import { one } from '../db/transaction.ts'
import type { Work } from './org-session.ts'
import { physical } from './physical-names.ts'

/** Entries of one transaction. */
const batch = 1_000

/**
 * Deletes the oldest entries that are older than `before`, at most 1,000. The newest of them becomes a marker, so that
 * readers whose cursor lies before it learn that they have missed something.
 *
 * @returns the entries deleted; fewer than 1,000 at the end
 */
export async function pruneOldest({ tx, org }: Work, before: string): Promise<{ entries: number; more: boolean }> {
  const changes = physical.changes(org)
  const { entries, more } = one(
    await tx.all(sql<{ entries: number; more: boolean }>`
      with oldest as (
        select seq, at, kind from ${changes} order by seq limit ${sql.lit(batch)}
      ), young as (
        select coalesce(min(seq), (select max(seq) + 1 from oldest)) as first from oldest where at >= ${before}::timestamptz
      ), old as (
        select seq, kind from oldest, young where seq < young.first
      ), gone as (
        delete from ${changes} as c using old where c.seq = old.seq and c.seq < (select max(seq) from old)
      ), marked as (
        update ${changes} as c
        set kind = 'pruned', head = false, role = 'do', target = null, table_id = null, actor_type = '', actor_id = '', operation = '',
          cause = null, reverts = null, row_count = 0, first_row = null, last_row = null, row_ids = null,
          column_ids = null, column_numbers = null, before = null, after = null
        where c.seq = (select max(seq) from old) and c.kind <> 'pruned'
      )
      select count(*) filter (where kind <> 'pruned')::int as entries, count(*) = ${sql.lit(batch)} as more from old`),
  )
  return { entries, more }
}
