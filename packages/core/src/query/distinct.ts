import { type RawBuilder, sql } from 'kysely'
import { say } from '../sentences/say.ts'
import type { Json } from '../values/json.ts'
import type { CheckedFilter } from './checked-filter.ts'
import { optionsNamed } from './column-options.ts'
import { compileFilter } from './compile-filter.ts'
import { allOf } from './compile-predicate.ts'
import { groupKeyOf } from './group-key.ts'
import { likePattern, loweredText } from './lowered-text.ts'
import { orderKey } from './order-key.ts'
import { cellRef, rowsTable } from './physical.ts'
import { checkedLimit, checkedSearch } from './query-bounds.ts'
import { queryFault } from './query-fault.ts'
import type { QueryColumn } from './query-table.ts'

export interface DistinctQuery {
  readonly filter: CheckedFilter
  readonly column: QueryColumn
  /** Only values whose text, or option name, contains this. */
  readonly search?: string | undefined
  /** Most frequent first, or in the column's own order. @default 'count' */
  readonly order?: 'count' | 'value' | undefined
  /** How many values, 1 to 1,000. */
  readonly limit: number
}

export interface DistinctValue {
  /** JSON of the stored value; a day for times; one item for lists. */
  readonly value: Json
  /** How many rows hold it. */
  readonly count: number
}

/**
 * The values that a column holds, with their counts, for filter menus. Lists count item by item, times by their day in
 * the org's time zone, empty cells not at all.
 *
 * @throws OpsError `INVALID_QUERY` for a column of JSON
 */
export function selectDistinct(query: DistinctQuery): RawBuilder<DistinctValue> {
  const { filter, column } = query
  const search = checkedSearch(query.search ?? '', ['search'])
  const { storage } = column.type
  if (storage === 'jsonb')
    throw queryFault(['column'], say('{column} holds JSON, which has no list of values.', { column: column.name }))
  const value = sql.ref('item.value')
  const conditions = [sql<boolean>`${value} is not null`, compileFilter(filter)]
  if (search !== '') conditions.push(matches(column, value, search))
  const key = sql.ref('held.value')
  const order =
    (query.order ?? 'count') === 'count' ? sql`held.count desc, ${byValue(column, key)}` : byValue(column, key)
  return sql`select to_jsonb(held.value) as value, held.count from (select item.value, count(*)::float8 as count from ${rowsTable(filter.table)} as t cross join lateral ${items(column, filter)} as item(value) where ${allOf(conditions)} group by item.value) as held order by ${order} limit ${checkedLimit(query.limit)}`
}

function items(column: QueryColumn, filter: CheckedFilter): RawBuilder<unknown> {
  const ref = cellRef(column.values)
  switch (column.type.storage) {
    case 'text[]':
      return sql`(select distinct item from unnest(${ref}) as item)`
    case 'timestamptz':
      return sql`(select ${groupKeyOf({ column, by: 'day', dir: 'asc', timeZone: filter.context.timeZone })})`
    default:
      return sql`(select ${ref})`
  }
}

function matches(column: QueryColumn, value: RawBuilder<unknown>, search: string): RawBuilder<boolean> {
  if (column.type.sort === 'option-order') {
    return sql`${value} = any(${optionsNamed(column.settings, search)}::text[])`
  }
  const text = column.type.storage === 'numeric' ? sql`trim_scale(${value})::text` : sql`${value}::text`
  return sql`${loweredText(text)} like ${loweredText(sql`${likePattern('contains', search)}::text`)}`
}

/** Items of a list are single texts, days of times are dates: they go in the order of those. */
function byValue(column: QueryColumn, value: RawBuilder<unknown>): RawBuilder<unknown> {
  const { storage, sort } = column.type
  if (storage === 'timestamptz') return value
  const single = storage === 'text[]' ? { ...column, type: { ...column.type, storage: 'text' as const } } : column
  const exact = storage === 'text' || storage === 'text[]' ? sql`${value} collate "C"` : value
  if (sort === 'none') return exact
  return sql`${orderKey({ column: single, dir: 'asc', locale: null }, value).key}, ${exact}`
}
