import { sql } from 'kysely'
import { one } from '../../db/transaction.ts'
import type { TableWork } from '../org-session.ts'
import { physical, rowsName, schemaName } from '../physical-names.ts'

/** What the advisor must know of a table's data. */
export interface TableFacts {
  /** Rows, counted up to the number from which indexes pay, estimated beyond. */
  readonly rows: number
  /** Share of the rows that a rare value of a column selects, by physical column; absent where unknown. */
  readonly sharePerValue: ReadonlyMap<string, number>
  /** Bytes of a cell on average, by physical column. */
  readonly widths: ReadonlyMap<string, number>
  /** Bytes of a row in the table. */
  readonly rowBytes: number
  /** Whether PostgreSQL has statistics of the table. */
  readonly analyzed: boolean
  /** Share of the pages that index-only scans need not visit. */
  readonly allVisible: number
  readonly bytes: number
}

/** Below this an index does not pay: the whole table is read in a few milliseconds. */
export const minRowsForIndexes = 5_000

export async function readTableFacts({ tx, org, table }: TableWork): Promise<TableFacts> {
  const rows = physical.rows(org, table)
  const relation = `"${schemaName(org)}"."${rowsName(table)}"`
  const found = one(
    await tx.all(sql<{
      few: number
      estimate: number
      pages: number
      visible: number
      bytes: number
      blockBytes: number
    }>`
      select (select count(*)::int from (select from ${rows} limit ${sql.lit(minRowsForIndexes)}) as r) as few,
        c.reltuples::float8 as estimate, c.relallvisible as visible,
        (pg_relation_size(c.oid) / current_setting('block_size')::int)::float8 as pages,
        current_setting('block_size')::int as "blockBytes", pg_total_relation_size(c.oid)::float8 as bytes
      from pg_class as c where c.oid = ${relation}::regclass`),
  )
  const stats = await tx.all(sql<{
    name: string
    distinct: number
    filled: number
    rarest: number | null
    width: number
  }>`
    select attname as name, n_distinct::float8 as distinct, (1 - null_frac)::float8 as filled, avg_width as width,
      most_common_freqs[array_upper(most_common_freqs, 1)]::float8 as rarest
    from pg_stats
    where schemaname = ${schemaName(org)} and tablename = ${rowsName(table)}`)
  const count = found.few < minRowsForIndexes ? found.few : Math.max(found.estimate, found.few)
  return {
    rows: count,
    sharePerValue: new Map(
      stats.map(({ name, distinct, filled, rarest }) => [
        name,
        Math.min(shareOf(distinct, filled, count), rarest ?? 1),
      ]),
    ),
    widths: new Map(stats.map(({ name, filled, width }) => [name, width * filled])),
    rowBytes: count === 0 ? 0 : (found.pages * found.blockBytes) / count,
    analyzed: found.estimate > 0 && stats.length > 0,
    allVisible: found.pages === 0 ? 1 : found.visible / found.pages,
    bytes: found.bytes,
  }
}

/** `n_distinct` counts values; negative, it is their share of the rows. */
function shareOf(distinct: number, filled: number, rows: number): number {
  const values = distinct < 0 ? -distinct * rows : distinct
  return values < 1 ? filled : filled / values
}
