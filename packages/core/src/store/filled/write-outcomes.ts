import { type RawBuilder, sql } from 'kysely'
import type { ColumnDefinition } from '../../catalog/table-definition.ts'
import { cellStates } from '../../query/cell-state.ts'
import { fillMark, fillMarkStep, overtakenNumber } from '../../query/fill-mark.ts'
import type { Json } from '../../values/json.ts'
import { assignments, cellParameters, columnsAsJson } from '../cell-parameters.ts'
import { type FormulaWrite, formulaWrite } from '../formulas/formula-write.ts'
import { type EntryRows, insertEntry } from '../log-entry.ts'
import type { OperationLog } from '../operation-log.ts'
import type { TableWork } from '../org-session.ts'
import { originName, physical, stateName, valuesName } from '../physical-names.ts'
import { isBetween } from './among-rows.ts'
import { type CellOrigin, insertOrigin, originAt } from './cell-origin.ts'
import { isTaken } from './claim-cells.ts'
import { fillSets } from './fill-sets.ts'
import type { CellAsRead } from './read-inputs.ts'

/** What became of a cell, as it is stored. */
export interface CellOutcomeWrite {
  readonly rowId: string
  readonly state: 'done' | 'failed' | 'skipped'
  readonly value: Json
  readonly code: string | null
  readonly message: string | null
  readonly origin: CellOrigin
  /** How the cell was when it was asked for. null: it is marked as running, and writers of its row say by its mark what they do. */
  readonly asRead: CellAsRead | null
  /** Whether its inputs are others by now, where no mark says it. @default false */
  readonly isOvertaken?: boolean
}

/**
 * Writes what became of cells: values, marks, where they are from, formulas that read them, and the log, in one
 * statement. Only cells that are still waited for, or whose rows are as they were read: what a person wrote meanwhile stays. A
 * cell whose inputs changed meanwhile is stale. Row versions stay: nobody has edited the rows. Reading it from the top:
 * - `i` is what is given, `o` the rows that are written, locked, with their true before-image
 * - `f`, where formulas read the cells, computes them over the new values
 * - `g` keeps where the cells are from that are done and of which nothing more is said
 * - `u` updates the rows, `s` writes what is said of single cells, `d` takes away what was said of the others
 * - `l` and `k` write the change log
 *
 * @param generation of the definition that the cells were asked for by
 * @returns ids of the rows written
 */
export async function writeOutcomes(
  work: TableWork,
  column: ColumnDefinition,
  generation: number,
  outcomes: readonly CellOutcomeWrite[],
  log: OperationLog,
): Promise<readonly string[]> {
  if (outcomes.length === 0) return []
  const { tx, org, table } = work
  const formulas = formulaWrite(work, [column.id])
  const rows = physical.rows(org, table)
  const given = givenOutcomes(column, generation, outcomes)
  if (given === undefined) return []
  const mark = sql`t.${sql.id(stateName(column))}`
  const stale = sql.lit(fillMark(generation, 'stale'))
  const images = [
    sql`t._id`,
    sql`t.${physical.values(column)} as b0`,
    sql`${given.value} as n0`,
    sql`(case when ${mark} % ${sql.lit(fillMarkStep)} = ${sql.lit(overtakenNumber)} then ${stale} else i.m end)::smallint as m`,
    sql`i.place`,
  ]
  const own = valuesName(column)
  const read = (formulas?.cells ?? []).filter((name) => name !== own).map((name) => sql`t.${sql.id(name)}`)
  const source = sql.id(formulas === null ? 'o' : 'f')
  const cellSets = [...assignments(column, sql`${source}.n0`), ...(formulas?.sets('f') ?? [])]
  const sets = [
    ...cellSets,
    ...fillSets(table, cellSets, column.id),
    { name: sql.id(stateName(column)), value: sql`${source}.m` },
    {
      name: sql.id(originName(column)),
      value: given.plain.length === 0 ? sql`null` : originAt(sql`(select number from g)`, sql`${source}.place`),
    },
  ]
  const computed = formulas === null ? sql`` : sql`f as materialized (${computedCells(column, formulas)}), `
  const changed = sql`b0 is distinct from n0`
  const found = await tx.all(sql<{ id: string }>`
    with i as materialized (
      select * from ${given.relation}
    ), o as materialized (
      select ${sql.join([...images, ...read])} from i join ${rows} as t on t._id = i.id
      where ${isBetween(outcomes.map(({ rowId }) => rowId))} and ${given.isAwaited}
      order by t._id for no key update of t
    ), ${computed}g as (
      ${given.plain.length === 0 ? sql`select where false` : insertOrigin(work, given.plain)}
    ), u as (
      update ${rows} as t set ${sql.join(sets.map(({ name, value }) => sql`${name} = ${value}`))}
      from ${source} where t._id = ${source}._id
      returning t._id, ${source}.b0, ${source}.n0
    ), s as (
      ${given.plain.length === outcomes.length ? sql`select where false` : writeBeside(work, column)}
    ), d as (
      delete from ${physical.side(org, table)} as s using o
      where s.row_id = o._id and s.column_number = ${column.number}::int and o.place is not null
    ), l as (
      ${entryOf(work, column, log, 'rows-updated', formulas?.columnIds, sql`where ${changed}`)}
    ), k as (
      ${entryOf(work, column, log, 'rows-computed', undefined, sql`where not (${changed})`)}
    )
    select _id as id from u`)
  if (found.length > 0) log.written()
  return found.map(({ id }) => id)
}

/** Outcomes as a relation `i`. */
interface GivenOutcomes {
  readonly relation: RawBuilder<unknown>
  /** The value, cast to the column's type. */
  readonly value: RawBuilder<unknown>
  /** Whether a row, under the alias `t`, still waits for its cell. */
  readonly isAwaited: RawBuilder<boolean>
  /** Of the cells that are done and of which nothing more is said; `place` counts them from one. */
  readonly plain: readonly CellOrigin[]
}

function givenOutcomes(
  column: ColumnDefinition,
  generation: number,
  outcomes: readonly CellOutcomeWrite[],
): GivenOutcomes | undefined {
  const [cell] = cellParameters(
    [column],
    outcomes.map(({ value }) => ({ values: new Map([[column, value]]) })),
  )
  if (cell === undefined) return undefined
  const plain: CellOrigin[] = []
  const places = outcomes.map((outcome) => (isPlain(outcome) ? plain.push(outcome.origin) : null))
  const arrays = [
    sql`${outcomes.map(({ rowId }) => rowId)}::bigint[]`,
    cell.array,
    sql`${outcomes.map(({ state, isOvertaken }) => fillMark(generation, isOvertaken === true ? 'stale' : state))}::smallint[]`,
    sql`${places}::int[]`,
  ]
  const names = ['id', 'v0', 'm', 'place']
  if (plain.length < outcomes.length) {
    arrays.push(
      sql`${outcomes.map(({ state }) => cellStates[state])}::smallint[]`,
      sql`${outcomes.map(({ code }) => code)}::text[]`,
      sql`${outcomes.map(({ message }) => message)}::text[]`,
      sql`${outcomes.map((outcome) => (isPlain(outcome) ? null : detailsText(outcome.origin)))}::text[]`,
    )
    names.push('state', 'code', 'message', 'details')
  }
  const isMarked = outcomes.every(({ asRead }) => asRead === null)
  if (!isMarked) {
    arrays.push(sql`${outcomes.map(({ asRead }) => asRead?.writtenBy ?? null)}::xid[]`)
    names.push('written_by')
  }
  const isAwaited = isMarked ? isTaken(column) : sql<boolean>`t.xmin = i.written_by`
  const relation = sql`unnest(${sql.join(arrays)}) as i (${sql.join(names.map((name) => sql.id(name)))})`
  return { relation, value: cell.value, isAwaited, plain }
}

function isPlain({ state, origin }: CellOutcomeWrite): boolean {
  return state === 'done' && origin.own === null
}

function detailsText({ told, hash, confidence, own }: CellOrigin): string {
  return JSON.stringify({ ...told, hash, ...(confidence !== null && { confidence }), ...own })
}

/** What is said of single cells: why they have no value, what came along with it. */
function writeBeside({ org, table }: TableWork, column: ColumnDefinition): RawBuilder<unknown> {
  return sql`
    insert into ${physical.side(org, table)} as s (row_id, column_number, state, code, message, details)
    select o._id, ${column.number}::int, i.state, i.code, i.message, i.details::jsonb
    from o join i on i.id = o._id where o.place is null
    on conflict (row_id, column_number) do update
      set state = excluded.state, code = excluded.code, message = excluded.message, original = null, details = excluded.details,
        origin = null`
}

/** The rows of `o` with the results of formulas over the new values. */
function computedCells(column: ColumnDefinition, formulas: FormulaWrite): RawBuilder<unknown> {
  const carried = ['_id', 'b0', 'n0', 'm', 'place']
  const own = valuesName(column)
  const inputs = formulas.cells.map((name) => (name === own ? sql`o.n0 as ${sql.id(name)}` : sql`o.${sql.id(name)}`))
  const cells = [...carried.map((name) => sql`o.${sql.id(name)}`), ...inputs]
  return sql`select * from ${formulas.relation(sql`(select ${sql.join(cells)} from o)`, carried)} as f`
}

/** Values that changed can be undone and are in the history; a state alone is told to who watches. */
function entryOf(
  { org, table }: TableWork,
  column: ColumnDefinition,
  log: OperationLog,
  kind: 'rows-updated' | 'rows-computed',
  computed: readonly string[] | undefined,
  where: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const gathered = sql`(select count(*)::int as n, min(_id) as first, max(_id) as last, array_agg(_id order by _id) as ids,
    json_agg(b0 order by _id) as b0, json_agg(n0 order by _id) as n0 from u ${where}) as e where e.n > 0`
  const isUpdate = kind === 'rows-updated'
  const rows: EntryRows = {
    count: sql`e.n`,
    first: sql`e.first`,
    last: sql`e.last`,
    ids: sql`e.ids`,
    before: isUpdate ? columnsAsJson([{ column, json: sql`e.b0` }], sql`null::json`) : sql`null`,
    after: isUpdate ? columnsAsJson([{ column, json: sql`e.n0` }], sql`null::json`) : sql`null`,
    ...(isUpdate && { columns: [column] }),
    computed: isUpdate ? computed : [column.id],
  }
  return insertEntry(org, log.entry(kind, table.id), rows, gathered)
}
