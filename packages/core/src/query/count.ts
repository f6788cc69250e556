import { type RawBuilder, sql } from 'kysely'
import { say } from '../sentences/say.ts'
import { bindValue, isBindable } from './bind-value.ts'
import type { CheckedFilter } from './checked-filter.ts'
import { compileFilter } from './compile-filter.ts'
import { rowsTable } from './physical.ts'
import { checkedLimit } from './query-bounds.ts'
import { queryFault } from './query-fault.ts'

export interface CountQuery {
  readonly filter: CheckedFilter
  /** Stop counting here: a result above `atMost` means "more than". Absent: exact, however long it takes. */
  readonly atMost?: number | undefined
}

/** How many rows satisfy the filter: one row `{ count }`, a JavaScript number, at most `atMost + 1`. */
export function selectCount({ filter, atMost }: CountQuery): RawBuilder<{ readonly count: number }> {
  const rows = rowsTable(filter.table)
  const condition = compileFilter(filter)
  // count() gives bigint, which drivers hand over as text; float8 is exact up to 2^53.
  if (atMost === undefined) return sql`select count(*)::float8 as count from ${rows} as t where ${condition}`
  const limit = checkedLimit(atMost, ['atMost'], 100_000_000) + 1
  return sql`select count(*)::float8 as count from (select from ${rows} as t where ${condition} limit ${limit}) as found`
}

export interface IdsQuery {
  readonly filter: CheckedFilter
  /** The last id of the chunk before; absent for the first. */
  readonly after?: string | undefined
  /** How many ids, 1 to 50,000. */
  readonly limit: number
}

/** The ids of the rows that satisfy the filter, ascending, chunk by chunk: what bulk work goes through. */
export function selectIds({ filter, after, limit }: IdsQuery): RawBuilder<{ readonly _id: string }> {
  if (after !== undefined && !isBindable('bigint', after))
    throw queryFault(['after'], say('A row id is a whole number.'))
  const behind = after === undefined ? sql`` : sql` and t._id > ${bindValue('bigint', after)}`
  return sql`select t._id from ${rowsTable(filter.table)} as t where ${compileFilter(filter)}${behind} order by t._id limit ${checkedLimit(limit, ['limit'], 50_000)}`
}
