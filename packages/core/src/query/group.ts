import { type RawBuilder, sql } from 'kysely'
import type { Json } from '../values/json.ts'
import { type CheckedAggregate, compileAggregate } from './aggregate.ts'
import { allOf, type CheckedFilter } from './checked-filter.ts'
import { compileFilter } from './compile-filter.ts'
import type { GroupLevel } from './group-by.ts'
import { groupFilter } from './group-filter.ts'
import { groupKeyOf } from './group-key.ts'
import { orderKey } from './order-key.ts'
import { cellRef, rowsTable } from './physical.ts'
import { checkedLimit, checkedOffset } from './query-bounds.ts'
import { queryFault } from './query-fault.ts'
import type { SortDirection } from './sort.ts'

export interface GroupsQuery {
  readonly filter: CheckedFilter
  /** All levels of the grouping, from `checkGroupBy`. */
  readonly levels: readonly [GroupLevel, ...GroupLevel[]]
  /** Only groups inside this one: the keys of it and those around it. @default [] */
  readonly path?: readonly unknown[] | undefined
  /** How many levels below `path` to return. @default all */
  readonly depth?: number | undefined
  /** Per group; `distribution` is not among them. */
  readonly aggregates?: readonly CheckedAggregate[] | undefined
  /**
   * By the column's own order, by the number of rows, or by the n-th aggregate (from 0); within every parent. Groups of
   * empty cells come last by key; empty aggregates come last.
   * @default 'key', in each level's own direction
   */
  readonly order?: { readonly by: 'key' | 'count' | number; readonly dir?: SortDirection | undefined } | undefined
  /** @default 0 */
  readonly offset?: number | undefined
  /** How many groups, 1 to 1,000. */
  readonly limit: number
}

export interface GroupRow {
  /** Keys from the outermost group to this one; its length is the group's level. Handed back as `path`. */
  readonly _path: readonly Json[]
  /** How many rows. */
  readonly _count: number
  /** How many groups there are in all, on every row. */
  readonly _groups: number
  /** `_a1`, `_a2` …: the aggregates in the order asked. */
  readonly [aggregate: `_a${number}`]: number | string | null
}

/**
 * Groups with their counts, of several levels in one flat list, parents before their children: what a grid needs to lay
 * itself out in one call. The rows of a group are a page or window with `groupFilter`.
 *
 * @throws OpsError `INVALID_QUERY` for a path, depth, order or bound that does not fit
 */
export function selectGroups(query: GroupsQuery): RawBuilder<GroupRow> {
  const { filter, levels, path = [], aggregates = [] } = query
  const inside = groupFilter(levels, path, filter.table, filter.context)
  const depth = checkedLimit(query.depth ?? levels.length - path.length, ['depth'], levels.length - path.length)
  const shown = levels.slice(0, path.length + depth)
  const names = shown.map((_, i) => sql.id('keys', `k${i + 1}`))
  const plain = names.map((_, i) => sql.id(`k${i + 1}`))
  const sets = shown
    .map((_, i) => names.slice(0, i + 1))
    .slice(path.length)
    .map((set) => sql`(${sql.join(set)})`)

  const keys = shown.map((level, i) => sql`${groupKeyOf(level)} as ${sql.id(`k${i + 1}`)}`)
  const metrics = aggregates.map((each, i) => sql`${compileAggregate(each)} as ${sql.id(`_a${i + 1}`)}`)
  const orders = shown.flatMap((level, i) => storedOrder(level, i))
  // grouping() has a bit for each key that a row does not have: none at the deepest level.
  const level = sql`case grouping(${sql.join(names)}) when 0 then ${sql.lit(shown.length)} when 1 then ${sql.lit(shown.length - 1)} else ${sql.lit(shown.length - 2)} end`
  const groups = sql`select ${sql.join([...names, sql`${level} as level`, sql`count(*)::float8 as _count`, ...metrics, ...metricOrder(query), ...orders])} from ${rowsTable(filter.table)} as t cross join lateral (select ${sql.join(keys)}) as keys where ${compileFilter(allOf(filter, inside))} group by grouping sets (${sql.join(sets)})`

  const jsonPath = sql`case g.level ${sql.join(
    shown.map((_, i) => sql`when ${sql.lit(i + 1)} then jsonb_build_array(${sql.join(plain.slice(0, i + 1))})`),
    sql` `,
  )} end as _path`
  const aggregateNames = aggregates.map((_, i) => sql.id('g', `_a${i + 1}`))
  const columns = [jsonPath, sql`g._count`, sql`(count(*) over ())::float8 as _groups`, ...aggregateNames]
  const range = sql`limit ${checkedLimit(query.limit)} offset ${checkedOffset(query.offset ?? 0)}`
  return sql`select ${sql.join(columns)} from (${groups}) as g order by ${sql.join(nestedOrder(query, shown, path.length))} ${range}`
}

/** Where the index advisor keeps sort keys, groups take them over instead of making their own. */
function storedOrder(level: GroupLevel, i: number): readonly RawBuilder<unknown>[] {
  const { sortKey } = level.column
  return level.by === 'value' && sortKey !== null
    ? [sql`min(${cellRef(sortKey)} collate "C") as ${sql.id(`o${i + 1}`)}`]
    : []
}

/** The metric that groups are ordered by, as a number or as text in its stored form. */
function metricOrder({ order, aggregates = [] }: GroupsQuery): readonly RawBuilder<unknown>[] {
  if (order === undefined || order.by === 'key' || order.by === 'count') return []
  const chosen = aggregates[order.by]
  if (chosen === undefined) throw queryFault(['order', 'by'], `There are ${aggregates.length} aggregates to order by.`)
  const isNumber =
    chosen.column.type.storage === 'numeric' ||
    !['min', 'max', 'median', 'earliest', 'latest'].includes(chosen.aggregate)
  return [sql`(${compileAggregate(chosen)})${isNumber ? sql`::numeric` : sql` collate "C"`} as metric`]
}

/** Parents before children, siblings side by side: per level its order, its key, and then whether the row lies deeper. */
function nestedOrder(query: GroupsQuery, shown: readonly GroupLevel[], from: number): readonly RawBuilder<unknown>[] {
  const { order } = query
  return shown.flatMap((level, i) => {
    if (i < from) return []
    const n = i + 1
    const key = sql.id('g', `k${n}`)
    const deeper = n < shown.length ? [sql`g.level > ${sql.lit(n)}`] : []
    const exact = level.by === 'value' && level.column.type.storage.startsWith('text') ? sql`${key} collate "C"` : key
    if (order !== undefined && order.by !== 'key') {
      const metric = sql.id('g', order.by === 'count' ? '_count' : 'metric')
      const parents = sql.join(shown.slice(0, n).map((_, j) => sql.id('g', `k${j + 1}`)))
      const own = sql`max(${metric}) filter (where g.level = ${sql.lit(n)}) over (partition by ${parents})`
      return [sql`${own} ${direction(order.dir ?? 'desc')} nulls last`, sql`${exact} nulls last`, ...deeper]
    }
    const dir = direction(order?.dir ?? level.dir)
    const own =
      level.by !== 'value' ? key : level.column.sortKey !== null ? sql.id('g', `o${n}`) : columnOrder(level, key)
    return [sql`${own} ${dir} nulls last`, sql`${exact} ${dir} nulls last`, ...deeper]
  })
}

function columnOrder({ column, dir }: GroupLevel, key: RawBuilder<unknown>): RawBuilder<unknown> {
  return orderKey({ column, dir, locale: null }, key).key
}

function direction(dir: SortDirection): RawBuilder<unknown> {
  return dir === 'asc' ? sql`asc` : sql`desc`
}
