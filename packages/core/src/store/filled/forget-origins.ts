import { type RawBuilder, sql } from 'kysely'
import { liveTableIds } from '../../catalog/expired.repository.ts'
import { type CallOptions, one } from '../../db/transaction.ts'
import type { OrgSession, TableWork } from '../org-session.ts'
import { originPattern, physical, rowsName, schemaName } from '../physical-names.ts'
import { originNumber } from './cell-origin.ts'

/** Rows whose origins are looked at in one statement. */
const chunkRows = 20_000

/** By how much an entry of the change log may be older than the commit that brought it. */
const longestWrite = '1 hour'

/** One look at all origins of a table. */
interface Sweep {
  /** When it began, by the database's clock. */
  readonly begun: string
  /** No entry of the change log is older. */
  readonly horizon: string
  /** Physical columns that name origins, those of deleted columns too. */
  readonly columns: readonly string[]
}

/**
 * Deletes origins that nothing names any more: no cell, no text beside one, no entry of the change log that undo or restoring
 * deleted rows may take them from. What the log names is not looked up: an origin goes once a look over all rows has not found
 * it, all entries from before that look's end have been pruned, and another look has not found it either. Bounded steps; killed
 * half-way, nothing is lost.
 *
 * @returns how many were deleted
 */
export async function forgetOrigins(session: OrgSession, options: CallOptions = {}): Promise<number> {
  let forgotten = 0
  for (const tableId of await session.read(options, ({ tx, org }) => liveTableIds(tx.db, org.orgId))) {
    const sweep = await session.readTable(tableId, options, begin)
    if (sweep === null) continue
    for (let after: string | null = '0'; after !== null; ) {
      const from: string = after
      after = await session.writeTable(tableId, options, (work) => lookAt(work, sweep, from))
    }
    forgotten += await session.writeTable(tableId, options, (work) => end(work, sweep))
  }
  return forgotten
}

/** null where the table has no origins. */
async function begin({ tx, org, table }: TableWork): Promise<Sweep | null> {
  if (!table.hasSide) return null
  const { hasOrigins, begun, horizon, columns } = one(
    await tx.all(sql<Sweep & { readonly hasOrigins: boolean }>`
      select exists (select from ${physical.origins(org, table)}) as "hasOrigins", now() as begun,
        coalesce((select c.at - ${longestWrite}::interval from ${physical.changes(org)} as c where c.kind <> 'pruned' order by c.seq limit 1), now()) as horizon,
        array(select a.attname::text from pg_attribute as a
          where a.attrelid = ${`${schemaName(org)}.${rowsName(table)}`}::regclass and a.attnum > 0 and not a.attisdropped
            and a.attname ~ ${originPattern}) as columns`),
  )
  return hasOrigins ? { begun, horizon, columns } : null
}

/** Notes which origins some rows name. */
async function lookAt({ tx, org, table }: TableWork, { begun, columns }: Sweep, after: string): Promise<string | null> {
  const named = columns.map((name): RawBuilder<unknown> => {
    const origin = sql`t.${sql.id(name)}`
    return sql`select ${originNumber(origin)} from t where ${origin} is not null`
  })
  const beside = sql`
    select ${originNumber(sql`s.origin`)} from ${physical.side(org, table)} as s, e
    where s.origin is not null and s.row_id > ${after}::bigint and s.row_id <= e.last`
  const { rows, last } = one(
    await tx.all(sql<{ rows: number; last: string | null }>`
      with t as materialized (
        select ${sql.join([sql`_id`, ...columns.map((name) => sql.id(name))])} from ${physical.rows(org, table)}
        where _id > ${after}::bigint order by _id limit ${sql.lit(chunkRows)}
      ), e as (
        select count(*)::int as rows, max(_id) as last from t
      ), u as (
        update ${physical.origins(org, table)} set seen_at = clock_timestamp(), unused_since = null
        where seen_at < ${begun}::timestamptz and number in (${sql.join([...named, beside], sql` union `)})
      )
      select rows, last from e`),
  )
  return rows < chunkRows ? null : last
}

async function end({ tx, org, table }: TableWork, { begun, horizon }: Sweep): Promise<number> {
  const origins = physical.origins(org, table)
  const isUnseen = sql`seen_at < ${begun}::timestamptz`
  const forgotten = await tx.run(
    sql`delete from ${origins} where ${isUnseen} and unused_since < ${horizon}::timestamptz`,
  )
  await tx.run(sql`update ${origins} set unused_since = clock_timestamp() where ${isUnseen} and unused_since is null`)
  return forgotten
}
