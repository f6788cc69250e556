import { sql } from 'kysely'
import { one } from '../../db/transaction.ts'
import type { TableWork } from '../org-session.ts'
import { physical } from '../physical-names.ts'
import type { Shift } from './landmarks.ts'
import type { LogHorizon } from './log-horizon.ts'
import type { Place } from './place.ts'
import { readSnapshotMark, type SnapshotMark } from './snapshot-mark.ts'

/** The part of the change log behind a horizon that the transaction's snapshot shows. */
export interface LandmarkLog {
  readonly snapshot: SnapshotMark
  /** When the server began to serve. */
  readonly server: string
  /** Whether entries behind the horizon are no longer kept, or the last one before it is gone: a crash took it, or age. */
  readonly isCut: boolean
  /** Numbers of all new entries, ascending; null if there are more than are worth following. */
  readonly seqs: readonly bigint[] | null
  /** Numbers of those in which rows of the table came, went or moved. */
  readonly moving: readonly string[]
  /** What it costs to follow those, as a number of rows. */
  readonly cost: number
}

/** Entries that are followed at most. */
const mostEntries = 2_000

interface Entry {
  readonly seq: string
  readonly moves: boolean
  readonly row_count: number
  readonly kind: string
}

const serverMarks = sql`pg_current_snapshot()::text as snapshot, pg_postmaster_start_time()::text as server`

export async function readLandmarkLog({ tx, org, table }: TableWork, horizon: LogHorizon): Promise<LandmarkLog> {
  const changes = physical.changes(org)
  const open = horizon.open.map(({ seq }) => String(seq))
  const first = open[0] ?? String(horizon.last + 1n)
  const last = String(horizon.last)
  const isNew = sql`seq > ${last}::bigint`
  const found = await tx.all(sql<{ snapshot: string; server: string; cut: boolean } & ({ seq: null } | Entry)>`
    select s.*, c.* from (
      select ${serverMarks}, exists (
        select 1 from (select seq, kind from ${changes} order by seq limit 1) as o where o.kind = 'pruned' and o.seq >= ${first}::bigint
      ) or (${last}::bigint > 0 and not exists (select 1 from ${changes} where seq = ${last}::bigint)) as cut
    ) as s left join (
      select seq, kind, row_count, table_id = ${table.id} and kind in ('rows-inserted', 'rows-deleted', 'rows-moved') as moves
      from ${changes} where ${open.length === 0 ? isNew : sql`(${isNew} or seq = any (${open}::bigint[]))`}
      order by seq limit ${sql.lit(mostEntries + 1)}
    ) as c on true
    order by c.seq`)
  const { snapshot, server, cut } = one(found)
  const entries = found.flatMap((row) => (row.seq === null ? [] : [row]))
  const moving = entries.filter(({ moves }) => moves)
  return {
    snapshot: readSnapshotMark(snapshot),
    server,
    isCut: cut,
    seqs: entries.length > mostEntries ? null : entries.map(({ seq }) => BigInt(seq)),
    moving: moving.map(({ seq }) => seq),
    cost: moving.reduce(
      (sum, { kind, row_count }) => sum + row_count * (kind === 'rows-deleted' ? wholeRowCost : 1),
      0,
    ),
  }
}

/** An entry of deleted rows holds them whole, and is read whole for their places. */
const wholeRowCost = 10

/**
 * Where the rows of entries stood before the first of them, and where they stand in the transaction's snapshot. They are
 * looked up one by one through the primary key: a join might go through the whole table, for PostgreSQL cannot know how
 * few they are.
 */
export async function readShifts({ tx, org, table }: TableWork, seqs: readonly string[]): Promise<Shift[]> {
  const found = await tx.all(sql<{ id: string; before: string | null; now: string | null }>`
    with r as (
      select distinct on (r.id) r.id, r.before from ${physical.changes(org)} as c cross join lateral (
        select id, null::numeric as before from unnest(case when c.kind = 'rows-inserted' then c.row_ids end) as i (id)
        union all
        select id, null from generate_series(c.first_row, c.last_row) as i (id) where c.kind = 'rows-inserted' and c.row_ids is null
        union all
        select (d ->> '_id')::bigint, (d ->> '_position')::numeric
        from json_array_elements(case when c.kind = 'rows-deleted' then c.before -> '_rows' end) as d
        union all
        select m.id, m.before::numeric
        from rows from (unnest(c.row_ids), json_array_elements_text(c.before -> '_position')) as m (id, before)
        where c.kind = 'rows-moved'
      ) as r
      where c.seq = any (${[...seqs]}::bigint[])
      order by r.id, c.seq
    )
    select r.id, r.before::text as before,
      (select t._position::text from ${physical.rows(org, table)} as t where t._id = r.id) as now
    from r`)
  return found.map(({ id, before, now }) => ({ before: placeOf(before, id), now: placeOf(now, id) }))
}

function placeOf(position: string | null, id: string): Place | null {
  return position === null ? null : { position, id }
}

/** Where the log ends in the transaction's snapshot. */
export async function readLogEnd({
  tx,
  org,
}: TableWork): Promise<{ readonly snapshot: SnapshotMark; readonly server: string; readonly last: bigint }> {
  const { snapshot, server, last } = one(
    await tx.all(sql<{ snapshot: string; server: string; last: string }>`
      select ${serverMarks}, coalesce((select max(seq) from ${physical.changes(org)}), 0) as last`),
  )
  return { snapshot: readSnapshotMark(snapshot), server, last: BigInt(last) }
}
