import { type RawBuilder, sql } from 'kysely'
import type { Org } from '../catalog/orgs.repository.ts'
import type { ColumnDefinition, TableDefinition } from '../catalog/table-definition.ts'
import { cellStates } from '../query/cell-state.ts'
import { assignments, columnsAsJson } from './cell-parameters.ts'
import { fillSets } from './filled/fill-sets.ts'
import { type FormulaSurroundings, type FormulaWrite, formulaWrite } from './formulas/formula-write.ts'
import { type EntryHead, insertEntry } from './log-entry.ts'
import { originName, physical, valuesName } from './physical-names.ts'

/** A column to be written, with its new value as an expression over the joined relation. */
export interface ColumnWrite {
  readonly column: ColumnDefinition
  readonly value: RawBuilder<unknown>
  /** The value is a constant, the same for all rows: the log keeps it once. */
  readonly same: boolean
}

/** The org and the table, and what their formulas are computed with. */
export interface UpdateStatement extends FormulaSurroundings {
  readonly org: Org
  readonly entry: EntryHead
  /** `from … where …` of the rows to write, the physical table joined as `t`. */
  readonly from: RawBuilder<unknown>
  /** Version that a row must have to be written, over the joined relation; `null` for any. */
  readonly expected: RawBuilder<unknown>
  /** Returned with each row, over the joined relation: undo's list of cells that are no longer as it left them. */
  readonly flag?: RawBuilder<unknown>
  /** A row for which this holds counts as changed though no cell differs: a text is kept beside it. */
  readonly touched?: RawBuilder<unknown>
  readonly writes: readonly ColumnWrite[]
  /** Rows at most, in the order of their ids. */
  readonly limit?: number
  /** JSON of the warnings that will be kept for the rows written, over `e`; null for none. */
  readonly kept?: RawBuilder<unknown>
}

/**
 * The one statement that changes cells. Reading it from the top:
 * - `o` locks the target rows in the order of their ids (so two writers never wait for each other in a circle) and
 *   holds their true before-image: a self-join in the UPDATE itself gave stale values under concurrency
 * - `f`, where formulas read what is written, computes them over the new values of the rows that really change
 * - `u` updates where the version is as expected and some cell really differs
 * - `w` takes away what lay beside the cells written, which the entry keeps
 * - `e` and `l` write the change log entry from what `u` did
 *
 * Result: one row per target, `id`, `version` now, `outcome` ('updated' | 'unchanged' | 'conflict'), `flag`.
 */
export function updateStatement(update: UpdateStatement): RawBuilder<FlaggedOutcome> {
  return sql`
    ${writing(update)}
    select o._id as id, coalesce(u._version, o._version) as version,
      case when u._id is not null then 'updated' when ${fits} then 'unchanged' else 'conflict' end as outcome, o.flag
    from o left join u on u._id = o._id`
}

/** The same, with totals as its result: nobody asks for the rows of a bulk edit one by one. */
export function bulkUpdateStatement(update: UpdateStatement): RawBuilder<UpdateTotals> {
  return sql`
    ${writing(update)}
    select (select count(*)::int from o) as found, (select count(*)::int from u) as changed, (select max(_id) from o) as last`
}

/** Whether a target is at the version that is expected of it. */
const fits = sql`(o.expected is null or o.expected = o._version)`

function writing(update: UpdateStatement): RawBuilder<unknown> {
  const { org, table, entry, from, expected, writes, limit } = update
  const { flag = sql`null::text`, touched = sql`false`, kept = sql`null::json` } = update
  const formulas = formulaWrite(
    update,
    writes.map(({ column }) => column.id),
  )
  const images = writes.map(
    ({ column, value }, place) => sql`t.${physical.values(column)} as ${before(place)}, ${value} as ${after(place)}`,
  )
  const differs = writes.map((_, place) => sql`o.${before(place)} is distinct from o.${after(place)}`)
  const isWritten = sql`${fits} and (o.warned or o.touched or ${sql.join(differs, sql` or `)})`
  const names = writes.flatMap(({ same }, place) => (same ? [before(place)] : [before(place), after(place)]))
  const computed = formulas === null ? null : computedRows(formulas, writes, isWritten)
  const rows = sql.id(computed === null ? 'o' : 'f')
  const cellSets = [
    ...writes.flatMap(({ column }, place) => assignments(column, sql`${rows}.${after(place)}`)),
    ...(formulas?.sets('f') ?? []),
  ]
  const sets = [...cellSets, ...fillSets(table, cellSets)]
  const gathered = names.map((name) => sql`json_agg(u.${name} order by u._id) as ${name}`)
  return sql`
    with o as materialized (
      select t._id, t._version, (${expected})::int as expected, ${flag} as flag,
        ${touched} as touched, ${warned(org, table, writes)} as warned, ${sql.join([...images, ...origins(table, writes), ...(computed?.read ?? [])])}
      ${from}
      order by t._id ${limit === undefined ? sql`` : sql`limit ${sql.lit(limit)}`}
      for no key update of t
    ), ${computed === null ? sql`` : sql`f as materialized (select * from ${computed.relation} as f), `}u as (
      update ${physical.rows(org, table)} as t
      set ${sql.join(sets.map(({ name, value }) => sql`${name} = ${value}`))},
        _version = t._version + 1, _updated_at = now(), _updated_by = current_setting('opslayer.actor', true)
      from ${rows}
      where t._id = ${rows}._id ${computed === null ? sql`and ${isWritten}` : sql``}
      returning t._id, t._version, ${sql.join(names.map((name) => sql`${rows}.${name}`))}
    ), w as (
      ${clearWarnings(org, table, writes)}
    ), e as (
      select count(*)::int as n, min(u._id) as first, max(u._id) as last, array_agg(u._id order by u._id) as ids,
        (select json_agg(w) from (${sql.join([sql`select * from w`, ...lostOrigins(table, writes)], sql` union all `)}) as w) as warnings, ${sql.join(gathered)}
      from u
    ), l as (
      ${insertEntry(
        org,
        entry,
        {
          count: sql`e.n`,
          first: sql`e.first`,
          last: sql`e.last`,
          ids: sql`e.ids`,
          before: columnsAsJson(
            writes.map(({ column }, place) => ({ column, json: sql`e.${before(place)}` })),
            sql`e.warnings`,
          ),
          after: columnsAsJson(
            writes.map(({ column, same, value }, place) => ({
              column,
              json: same ? sql`json_build_object('same', ${value})` : sql`e.${after(place)}`,
            })),
            kept,
          ),
          columns: writes.map(({ column }) => column),
          computed: formulas?.columnIds,
        },
        sql`e where e.n > 0`,
      )}
    )`
}

const beforeName = (place: number): string => `b${place}`
const afterName = (place: number): string => `n${place}`
const before = (place: number): RawBuilder<unknown> => sql.id(beforeName(place))
const after = (place: number): RawBuilder<unknown> => sql.id(afterName(place))

/** The rows of `o` that are written with the results of formulas; and what `o` must read of the rows for them. */
function computedRows(
  formulas: FormulaWrite,
  writes: readonly ColumnWrite[],
  isWritten: RawBuilder<unknown>,
): { readonly relation: RawBuilder<unknown>; readonly read: readonly RawBuilder<unknown>[] } {
  const places = new Map(writes.map(({ column }, place) => [valuesName(column), place]))
  const images = writes.flatMap((_, place) => [beforeName(place), afterName(place)])
  const cells = formulas.cells.map((cell) => {
    const place = places.get(cell)
    return sql`o.${place === undefined ? sql.id(cell) : after(place)} as ${sql.id(cell)}`
  })
  const source = sql`(select ${sql.join([...['_id', ...images].map((name) => sql`o.${sql.id(name)}`), ...cells])} from o where ${isWritten})`
  return {
    relation: formulas.relation(source, ['_id', ...images]),
    read: formulas.cells.filter((cell) => !places.has(cell)).map((cell) => sql`t.${sql.id(cell)}`),
  }
}

function columnNumbers(writes: readonly ColumnWrite[]): RawBuilder<unknown> {
  return sql`${writes.map(({ column }) => column.number)}::int[]`
}

function warned(org: Org, table: TableDefinition, writes: readonly ColumnWrite[]): RawBuilder<unknown> {
  if (!table.hasSide) return sql`false`
  const beside = sql`exists (select 1 from ${physical.side(org, table)} as s where s.row_id = t._id and s.column_number = any (${columnNumbers(writes)}))`
  const obtained = filledColumns(table, writes).map((column) => sql`t.${sql.id(originName(column))} is not null`)
  return sql`(${sql.join([beside, ...obtained], sql` or `)})`
}

/** Columns of plugins that are written, in a table where cells may have an origin. */
function filledColumns(table: TableDefinition, writes: readonly ColumnWrite[]): readonly ColumnDefinition[] {
  return table.hasSide ? writes.flatMap(({ column }) => (column.fill === null ? [] : [column])) : []
}

function origins(table: TableDefinition, writes: readonly ColumnWrite[]): readonly RawBuilder<unknown>[] {
  return filledColumns(table, writes).map((column) => sql`t.${sql.id(originName(column))}`)
}

/** The origins that written cells had, as rows of the side table: undo puts them there. */
function lostOrigins(table: TableDefinition, writes: readonly ColumnWrite[]): readonly RawBuilder<unknown>[] {
  return filledColumns(table, writes).map((column) => {
    const origin = sql`o.${sql.id(originName(column))}`
    return sql`
      select o._id, ${sql.lit(column.number)}, ${sql.lit(cellStates.done)}::smallint, null::text, null::text, null::text, null::jsonb, ${origin}
      from o join u on u._id = o._id where ${origin} is not null`
  })
}

function clearWarnings(org: Org, table: TableDefinition, writes: readonly ColumnWrite[]): RawBuilder<unknown> {
  if (!table.hasSide) return sql`select where false`
  return sql`
    delete from ${physical.side(org, table)} as s using o
    where o.warned and s.row_id = o._id and s.column_number = any (${columnNumbers(writes)}) and ${fits}
    returning s.row_id, s.column_number, s.state, s.code, s.message, s.original, s.details, s.origin`
}

export interface UpdateOutcome {
  readonly id: string
  readonly version: number
  readonly outcome: 'updated' | 'unchanged' | 'conflict'
}

/** An outcome with the `flag` of its statement. */
export interface FlaggedOutcome extends UpdateOutcome {
  readonly flag: string | null
}

/** What a statement did to all of its targets. */
export interface UpdateTotals {
  readonly found: number
  readonly changed: number
  /** The greatest id found. */
  readonly last: string | null
}
