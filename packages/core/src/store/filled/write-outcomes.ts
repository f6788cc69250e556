import { type RawBuilder, sql } from 'kysely'
import type { ColumnDefinition } from '../../catalog/table-definition.ts'
import { fillMark, fillMarkStep, overtakenNumber } from '../../query/fill-mark.ts'
import type { Json } from '../../values/json.ts'
import { assignments, cellParameters, columnsAsJson } from '../cell-parameters.ts'
import { formulaWrite } from '../formulas/formula-write.ts'
import { type EntryRows, insertEntry } from '../log-entry.ts'
import type { OperationLog } from '../operation-log.ts'
import type { TableWork } from '../org-session.ts'
import { physical, stateName, valuesName } from '../physical-names.ts'
import { isTaken } from './claim-cells.ts'
import { fillSets } from './fill-sets.ts'

/** What became of a cell, as it is stored. */
export interface CellOutcomeWrite {
  readonly rowId: string
  readonly state: 'done' | 'failed' | 'skipped'
  readonly value: Json
  readonly code: string | null
  readonly message: string | null
  /** Where it is from; kept beside the row. Cells of one call have much in common: one object for all of them. */
  readonly details: { readonly shared: CellDetails; readonly own: CellDetails }
}

type CellDetails = Readonly<Record<string, Json>>

/**
 * Writes what became of cells: values, marks, what lies beside them, formulas that read them, and the log, in one
 * statement. Only cells that are still waited for: what a person wrote meanwhile stays. A cell whose inputs changed
 * meanwhile is stale. Row versions stay: nobody has edited the rows.
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
  const [cell] = cellParameters(
    [column],
    outcomes.map(({ value }) => ({ values: new Map([[column, value]]) })),
  )
  if (cell === undefined) return []
  const shared = [...new Set(outcomes.map(({ details }) => details.shared))]
  const placeOf = new Map(shared.map((each, place) => [each, place + 1]))
  const marks = outcomes.map(({ state }) => fillMark(generation, state))
  const arrays = [
    sql`${outcomes.map(({ rowId }) => rowId)}::bigint[]`,
    cell.array,
    sql`${marks}::smallint[]`,
    sql`${outcomes.map(({ code }) => code)}::text[]`,
    sql`${outcomes.map(({ message }) => message)}::text[]`,
    sql`${outcomes.map(({ details }) => placeOf.get(details.shared) ?? 0)}::int[]`,
    sql`${outcomes.map(({ details }) => JSON.stringify(details.own))}::text[]`,
  ]
  const mark = sql`t.${sql.id(stateName(column))}`
  const stale = sql.lit(fillMark(generation, 'stale'))
  const carried = ['_id', 'b0', 'n0', 'm', 'code', 'message', 'place', 'own']
  const own = valuesName(column)
  const read = (formulas?.cells ?? []).filter((name) => name !== own)
  const images = [
    sql`t._id`,
    sql`t.${physical.values(column)} as b0`,
    sql`${cell.value} as n0`,
    sql`(case when ${mark} % ${sql.lit(fillMarkStep)} = ${sql.lit(overtakenNumber)} then ${stale} else i.m end)::smallint as m`,
    sql`i.code`,
    sql`i.message`,
    sql`i.place`,
    sql`i.own`,
    ...read.map((name) => sql`t.${sql.id(name)}`),
  ]
  const source = sql.id(formulas === null ? 'o' : 'f')
  const cellSets = [...assignments(column, sql`${source}.n0`), ...(formulas?.sets('f') ?? [])]
  const sets = [
    ...cellSets,
    ...fillSets(table, cellSets, column.id),
    { name: sql.id(stateName(column)), value: sql`${source}.m` },
  ]
  const inputs = (formulas?.cells ?? []).map((name) =>
    name === own ? sql`o.n0 as ${sql.id(name)}` : sql`o.${sql.id(name)}`,
  )
  const computed =
    formulas === null
      ? sql``
      : sql`f as materialized (select * from ${formulas.relation(sql`(select ${sql.join([...carried.map((name) => sql`o.${sql.id(name)}`), ...inputs])} from o)`, carried)} as f), `
  const changed = sql`b0 is distinct from n0`
  const found = await tx.all(sql<{ id: string }>`
    with i as materialized (
      select * from unnest(${sql.join(arrays)}) as i (id, v0, m, code, message, place, own)
    ), d as materialized (
      select place, shared::jsonb as shared from unnest(${shared.map((each) => JSON.stringify(each))}::text[]) with ordinality as d (shared, place)
    ), o as materialized (
      select ${sql.join(images)} from i join ${rows} as t on t._id = i.id
      where ${isTaken(column)} order by t._id for no key update of t
    ), ${computed}u as (
      update ${rows} as t set ${sql.join(sets.map(({ name, value }) => sql`${name} = ${value}`))}
      from ${source} where t._id = ${source}._id
      returning t._id, ${source}.b0, ${source}.n0
    ), s as (
      insert into ${physical.side(org, table)} as s (row_id, column_number, state, code, message, details)
      select o._id, ${column.number}::int, (i.m % ${sql.lit(fillMarkStep)})::smallint, o.code, o.message, d.shared || o.own::jsonb
      from o join i on i.id = o._id join d on d.place = o.place
      on conflict (row_id, column_number) do update
        set state = excluded.state, code = excluded.code, message = excluded.message, original = null, details = excluded.details
    ), l as (
      ${entryOf(work, column, log, 'rows-updated', formulas?.columnIds, sql`where ${changed}`)}
    ), k as (
      ${entryOf(work, column, log, 'rows-computed', undefined, sql`where not (${changed})`)}
    )
    select _id as id from u`)
  if (found.length > 0) log.written()
  return found.map(({ id }) => id)
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
