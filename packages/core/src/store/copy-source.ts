import { type RawBuilder, sql } from 'kysely'
import type { ColumnDefinition, TableDefinition } from '../catalog/table-definition.ts'
import { checkFilter } from '../query/check-filter.ts'
import { compileFilter } from '../query/compile-filter.ts'
import type { Filter } from '../query/filter.ts'
import { nameKey, type OptionSettings } from '../values/options.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import { queryTableOf } from './query-table-of.ts'

/** What is copied from one table of an org into another, the work's own. */
export interface CopyFrom {
  readonly source: TableDefinition
  readonly filter: Filter | null
  readonly pairs: readonly CopyPair[]
  /** Columns of the target: a row that agrees in all of them with one that is there is no new row. */
  readonly dedupe: readonly ColumnDefinition[]
  /** Whether rows that were copied before are brought up to date. */
  readonly update: boolean
  /** A cell that the target's column refuses: its text is kept beside the row as a warning, or the row is rejected. */
  readonly onInvalid: 'keep' | 'reject'
}

export interface CopyPair {
  readonly from: ColumnDefinition
  readonly to: ColumnDefinition
}

export interface CopyTotals {
  /** Rows of the source that were looked at. */
  readonly found: number
  readonly created: number
  readonly updated: number
  /** The greatest id found; null if there was none. */
  readonly last: string | null
}

/** What stands in `_source` of a copied row, as its `id`; its external key is the id of the row that it was copied from. */
export function originOf({ id }: Pick<TableDefinition, 'id'>): string {
  return `table:${id}`
}

/** The next rows of the source, `source_id`, with what their cells become as `v0`, `v1` … */
export function nextRows(
  work: TableWork,
  { source, filter, pairs }: CopyFrom,
  after: string,
  size: number,
): RawBuilder<unknown> {
  const values = pairs.map((pair, place) => sql`${copiedValue(pair)} as ${sql.id(`v${place}`)}`)
  return sql`
    select ${sql.join([sql`t._id as source_id`, ...values])} from ${physical.rows(work.org, source)} as t
    where t._id > ${after}::bigint and ${conditionOf(work, source, filter)} order by t._id limit ${sql.lit(size)}`
}

export function conditionOf(work: TableWork, source: TableDefinition, filter: Filter | null): RawBuilder<unknown> {
  return filter === null
    ? sql`true`
    : compileFilter(checkFilter(filter, queryTableOf({ ...work, table: source }), work.context))
}

/** A cell of the source, `t`, as the target holds it: options go by their names. */
function copiedValue({ from, to }: CopyPair): RawBuilder<unknown> {
  const cell = sql`t.${physical.values(from)}`
  if (!hasOptions(to) || !hasOptions(from)) return cell
  const ids = new Map(optionsOf(to).map(({ id, name }) => [nameKey(name), id]))
  const renamed = optionsOf(from).flatMap(({ id, name }) => {
    const target = ids.get(nameKey(name))
    return target === undefined ? [] : [[id, target] as const]
  })
  const map = sql`${JSON.stringify(Object.fromEntries(renamed))}::jsonb`
  if (to.columnType.storage !== 'text[]') return sql`(${map} ->> ${cell})`
  const order = sql`${optionsOf(to).map(({ id }) => id)}::text[]`
  return sql`(
    select array_agg(r.id order by array_position(${order}, r.id))
    from (select ${map} ->> item as id from unnest(${cell}) as item) as r where r.id is not null)`
}

export function hasOptions({ columnType }: ColumnDefinition): boolean {
  return columnType.sort === 'option-order'
}

function optionsOf({ settings }: ColumnDefinition): OptionSettings['options'] {
  return (settings as unknown as OptionSettings).options
}

/** Whether a row of the target, under an alias, was copied from a row of the source. */
export function isCopyOf(alias: string, sourceId: RawBuilder<unknown>, source: TableDefinition): RawBuilder<unknown> {
  const row = sql.id(alias)
  return sql`${row}._external_key = ${sourceId}::text and coalesce(${row}._source ->> 'id', '') = ${originOf(source)}`
}

/** The place of a row, `s`, among those of the step that agree in all columns of `dedupe`; 1 for the first. */
export function rankOf(copy: CopyFrom, isKnown: RawBuilder<unknown>): RawBuilder<unknown> {
  const values = dedupeValues(copy)
  if (values.length === 0) return sql`1`
  return sql`row_number() over (partition by ${sql.join([...values, isKnown])} order by s.source_id)`
}

/** Whether no row of the target agrees in all columns of `dedupe` with a row, `s`, nor an earlier one; empty cells agree with none. */
export function isFirst({ org, table }: TableWork, copy: CopyFrom): RawBuilder<unknown> {
  const values = dedupeValues(copy)
  if (values.length === 0) return sql`true`
  const empty = values.map((value) => sql`${value} is null`)
  const same = values.map((value, place) => {
    const column = copy.dedupe[place]
    return column === undefined ? sql`true` : sql`o.${physical.values(column)} = ${value}`
  })
  return sql`(${sql.join(empty, sql` or `)} or (s.rank = 1 and not exists (
    select 1 from ${physical.rows(org, table)} as o where ${sql.join(same, sql` and `)})))`
}

function dedupeValues({ pairs, dedupe }: CopyFrom): readonly RawBuilder<unknown>[] {
  return dedupe.map(({ id }) => sql`s.${sql.id(`v${pairs.findIndex(({ to }) => to.id === id)}`)}`)
}
