import { type RawBuilder, sql } from 'kysely'
import { cellRef } from './physical.ts'
import type { QueryColumn } from './query-table.ts'

/**
 * What a read returns per row: an object under physical names, values raw as the driver decodes them.
 *
 * - `_id` (bigint) and `_version` (int) always;
 * - per asked column its `values` (`c5`, `_created_at`) and, if computed, its `state` (`c5_s`, smallint);
 * - `_k1`, `_k2` …: PostgreSQL's text of the sort keys, for `encodeCursor`. Read under `TimeZone` UTC and `DateStyle`
 *   ISO.
 */
export type PhysicalRow = Readonly<Record<string, unknown>>

/** The select list for the columns, without duplicates, over the alias `t`. */
export function projection(columns: readonly QueryColumn[]): RawBuilder<unknown> {
  const names = new Set(['_id', '_version'])
  for (const column of columns) {
    names.add(column.values)
    if (column.state !== null) names.add(column.state)
  }
  return sql.join([...names].map(cellRef))
}
