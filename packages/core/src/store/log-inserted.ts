import { type RawBuilder, sql } from 'kysely'
import type { Org } from '../catalog/orgs.repository.ts'
import { type EntryHead, insertEntry } from './log-entry.ts'

/**
 * The last parts of a statement whose part `n` has inserted rows and returns their `_id`: `e` counts them, `l` logs
 * them, where there are any.
 */
export function logInserted(org: Org, entry: EntryHead): RawBuilder<unknown> {
  const rows = {
    count: sql`e.n`,
    first: sql`e.first`,
    last: sql`e.last`,
    ids: sql`case when e.last - e.first + 1 = e.n then null else e.ids end`,
    before: sql`null`,
    after: sql`null`,
  }
  return sql`e as (
      select count(*)::int as n, min(_id) as first, max(_id) as last, array_agg(_id order by _id) as ids from n
    ), l as (
      ${insertEntry(org, entry, rows, sql`e where e.n > 0`)}
    )`
}
