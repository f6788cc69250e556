import { type RawBuilder, sql } from 'kysely'
import type { ColumnDefinition } from '../../catalog/table-definition.ts'
import type { CellState } from '../../query/cell-state.ts'
import { cellStates } from '../../query/cell-state.ts'
import { checkFilter } from '../../query/check-filter.ts'
import { allOf } from '../../query/checked-filter.ts'
import { compileFilter } from '../../query/compile-filter.ts'
import { fillMark, fillMarkStep, runningNumbers } from '../../query/fill-mark.ts'
import type { Json } from '../../values/json.ts'
import { insertEntry } from '../log-entry.ts'
import type { OperationLog } from '../operation-log.ts'
import type { TableWork } from '../org-session.ts'
import { originName, physical, stateName } from '../physical-names.ts'
import { queryTableOf } from '../query-table-of.ts'
import { isAmong } from './among-rows.ts'

/** Which cells of a column are asked for. */
export type WhichCells = 'empty' | 'failed' | 'stale' | 'all' | 'changed'

const statesOf: Readonly<Record<WhichCells, readonly CellState[] | null>> = {
  empty: ['empty'],
  failed: ['failed'],
  stale: ['stale'],
  all: null,
  changed: null,
}

/** Cells of a column by their state, of the rows that satisfy a filter. */
export interface CellSelection {
  readonly column: ColumnDefinition
  readonly which: WhichCells
  readonly filter: Json
  /** Only of these rows. null: of all. */
  readonly rows: readonly string[] | null
  /** Only cells that this run has left failed. null: whoever has. */
  readonly failedIn: string | null
}

/**
 * The condition on rows, under the alias `t`, that their cell is selected.
 *
 * @throws OpsError `INVALID_QUERY`
 */
export function isSelected(work: TableWork, selection: CellSelection): RawBuilder<boolean> {
  const { column, which, filter, rows, failedIn } = selection
  const table = queryTableOf(work)
  const states = statesOf[which]
  const ofState = checkFilter(states === null ? null : { column: column.id, state: states }, table, work.context)
  const checked = allOf(ofState, checkFilter(filter, table, work.context))
  const conditions = [sql`(${compileFilter(checked)})`]
  if (which === 'changed') conditions.push(isChanged(column))
  if (rows !== null) conditions.push(isAmong(rows))
  if (failedIn !== null) {
    conditions.push(sql`exists (select 1 from ${physical.side(work.org, work.table)} as s
      where s.row_id = t._id and s.column_number = ${column.number}::int and s.details ->> 'run' = ${failedIn})`)
  }
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

/** Whether an input of a row's cell has changed, or the row was touched and nobody has asked yet, under the alias `t`. */
function isChanged(column: ColumnDefinition): RawBuilder<boolean> {
  const mark = sql`t.${sql.id(stateName(column))}`
  const since = column.fill?.autoSince ?? null
  const isTouched = sql`${mark} is null and t.${physical.values(column)} is null and t._updated_at >= ${since}::timestamptz`
  return sql<boolean>`(${mark} % ${sql.lit(fillMarkStep)} = ${sql.lit(cellStates.stale)} or (${isTouched}))`
}

/** Whether nobody asks for a row's cell already, under the alias `t`. */
export function isFree(column: ColumnDefinition): RawBuilder<boolean> {
  const mark = sql`t.${sql.id(stateName(column))}`
  const busy = sql.join([cellStates.queued, ...runningNumbers].map((number) => sql.lit(number)))
  return sql<boolean>`(${mark} is null or ${mark} % ${sql.lit(fillMarkStep)} not in (${busy}))`
}

/** Whether a row's cell waits to be asked for, under the alias `t`. */
export function isQueued(column: ColumnDefinition): RawBuilder<boolean> {
  return sql<boolean>`t.${sql.id(stateName(column))} % ${sql.lit(fillMarkStep)} = ${sql.lit(cellStates.queued)}`
}

/** Whether a row's cell waits or is being asked for, under the alias `t`. */
export function isTaken(column: ColumnDefinition): RawBuilder<boolean> {
  return sql<boolean>`not ${isFree(column)}`
}

/**
 * Marks the cells of the next rows behind an id. Their row versions stay: nobody has edited them.
 *
 * @param condition under the alias `t`
 * @returns the ids of the rows, in order
 */
export async function markCells(
  work: TableWork,
  column: ColumnDefinition,
  {
    state,
    after,
    limit,
    condition,
  }: {
    readonly state: 'queued' | 'running'
    readonly after: string
    readonly limit: number
    readonly condition: RawBuilder<boolean>
  },
  log: OperationLog,
): Promise<readonly string[]> {
  const { tx, org, table } = work
  const rows = physical.rows(org, table)
  const mark = sql.id(stateName(column))
  const found = await tx.all(sql<{ id: string }>`
    with c as materialized (
      select t._id from ${rows} as t where t._id > ${after}::bigint and ${condition}
      order by t._id limit ${sql.lit(limit)} for no key update of t
    ), u as (
      update ${rows} as t set ${mark} = ${sql.lit(fillMark(column.fill?.generation ?? 0, state))}
      from c where t._id = c._id returning t._id
    ), l as (
      ${markedEntry(work, column, log)}
    )
    select _id as id from c order by _id`)
  return found.map(({ id }) => id)
}

/**
 * Takes marks of waiting and asking back, to what was known of each cell before.
 *
 * @param condition under the alias `t`
 */
export async function releaseCells(
  work: TableWork,
  column: ColumnDefinition,
  condition: RawBuilder<boolean>,
  log: OperationLog,
): Promise<void> {
  const { tx, org, table } = work
  const rows = physical.rows(org, table)
  const mark = sql.id(stateName(column))
  const generation = column.fill?.generation ?? 0
  const known = [cellStates.failed, cellStates.skipped].map((number) => sql.lit(number))
  const stale = sql.lit(fillMark(generation, 'stale'))
  const before = table.hasSide
    ? sql`coalesce((select case when s.state in (${sql.join(known)}) then ${sql.lit(generation * fillMarkStep)} + s.state
        when s.state = ${sql.lit(cellStates.done)} then ${stale} end
        from ${physical.side(org, table)} as s where s.row_id = t._id and s.column_number = ${column.number}::int),
        case when t.${sql.id(originName(column))} is not null then ${stale} end)::smallint`
    : sql`null::smallint`
  await tx.run(sql`
    with u as (
      update ${rows} as t set ${mark} = ${before} where ${isTaken(column)} and ${condition} returning t._id
    )
    ${markedEntry(work, column, log)}`)
}

function markedEntry({ org, table }: TableWork, column: ColumnDefinition, log: OperationLog): RawBuilder<unknown> {
  return insertEntry(
    org,
    log.entry('rows-computed', table.id),
    {
      count: sql`e.n`,
      first: sql`e.first`,
      last: sql`e.last`,
      ids: sql`e.ids`,
      before: sql`null`,
      after: sql`null`,
      computed: [column.id],
    },
    sql`(select count(*)::int as n, min(_id) as first, max(_id) as last, array_agg(_id order by _id) as ids from u) as e where e.n > 0`,
  )
}
