import { type RawBuilder, sql } from 'kysely'
import { type AggregateValue, type CheckedAggregate, compileAggregate, distributionLimit } from './aggregate.ts'
import type { CheckedFilter } from './checked-filter.ts'
import { compileFilter } from './compile-filter.ts'
import { selectDistinct } from './distinct.ts'
import { rowsTable } from './physical.ts'

export interface SummaryQuery {
  readonly filter: CheckedFilter
  readonly aggregates: readonly CheckedAggregate[]
}

/**
 * All aggregates in one pass over the rows: one result row with `_count` (the number of rows) and `_a1`, `_a2` … in the
 * order asked. Only distributions read the table again, once each. Always one row, also of an empty table.
 */
export function selectSummary({
  filter,
  aggregates,
}: SummaryQuery): RawBuilder<Readonly<Record<string, AggregateValue>>> {
  const list = aggregates.map((each, i) => {
    const value = each.aggregate === 'distribution' ? distribution(each, filter) : compileAggregate(each)
    return sql`${value} as ${sql.id(`_a${i + 1}`)}`
  })
  const all = sql.join([sql`count(*)::float8 as _count`, ...list])
  return sql`select ${all} from ${rowsTable(filter.table)} as t where ${compileFilter(filter)}`
}

function distribution({ column }: CheckedAggregate, filter: CheckedFilter): RawBuilder<unknown> {
  const values = selectDistinct({ filter, column, order: 'count', limit: distributionLimit })
  return sql`(select coalesce(jsonb_agg(jsonb_build_object('value', found.value, 'count', found.count)), '[]'::jsonb) from (${values}) as found)`
}
