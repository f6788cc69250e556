import { type RawBuilder, sql } from 'kysely'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { isOpsError } from '../errors/ops-error.ts'
import type { Json } from '../values/json.ts'
import { assignments, cellValue } from './cell-parameters.ts'
import { type FormulaWrite, formulaWrite } from './formulas/formula-write.ts'
import { isFunctionMissing, makeRowFunctionSoon } from './formulas/make-row-function.ts'
import { type RowFunction, rowFunction } from './formulas/row-function.ts'
import { insertEntry } from './log-entry.ts'
import { type OperationLog, startOperation } from './operation-log.ts'
import type { KnownTable, OrgSession } from './org-session.ts'
import { physical, valuesName } from './physical-names.ts'
import { type CellError, prepareCells } from './prepare-cells.ts'
import type { RowUpdate, RowWriteOptions, UpdateResult } from './update-rows.ts'

/** `json_build_object` takes 100 arguments. */
const mostColumns = 40

/**
 * The edit of one row, as people make them: one round trip, and a statement that is planned in half the time of
 * `updateStatement` (0.24 against 0.52 ms of the server's time, PostgreSQL 18).
 *
 * @returns undefined if nothing was done and the general way is to look into it: the row is not there, is at another
 * version or has these values already; columns are unique; texts are or would be kept beside rows
 */
export async function updateOneRow(
  session: OrgSession,
  tableId: string,
  { id, version, cells }: RowUpdate,
  options: RowWriteOptions,
): Promise<UpdateResult | undefined> {
  const errors: CellError[] = []
  const log = startOperation(session.actor, options)
  let computing: RowFunction | null = null
  const statement = (known: KnownTable): RawBuilder<{ version: number }> | undefined => {
    const row = readRow(known, cells, options, errors)
    const columns = [...(row?.values ?? [])]
    const isPlain = row?.kept.length === 0 && !known.table.hasSide && !columns.some(([column]) => column.unique)
    if (!isPlain || columns.length === 0 || columns.length > mostColumns) return undefined
    const formulas = formulaWrite(
      known,
      columns.map(([column]) => column.id),
    )
    computing = formulas === null ? null : rowFunction(known.org, known.table, formulas)
    const isReady = computing !== null && session.rowFunctions.get(computing.name) === 'ready'
    return oneRowStatement(known, log, id, version, columns, formulas, isReady ? computing : null)
  }
  const written = session.writeSingle(tableId, options, statement).catch((error) => {
    if (computing === null || !isFunctionMissing(error)) throw error
    session.rowFunctions.delete(computing.name)
    return undefined
  })
  const [row] = (await written) ?? []
  if (row === undefined) return undefined
  if (computing !== null) makeRowFunctionSoon(session, tableId, computing)
  return {
    rows: [{ id, version: row.version, outcome: 'updated' }],
    missing: [],
    errors,
    operation: log.operation.id,
  }
}

/** What is wrong with the input is said by the general way, which knows the table as it is now. */
function readRow(known: KnownTable, cells: RowUpdate['cells'], options: RowWriteOptions, errors: CellError[]) {
  try {
    return prepareCells(known, cells, 0, options.onInvalid ?? 'skip', errors)
  } catch (error) {
    if (isOpsError(error)) return undefined
    throw error
  }
}

/** `o` locks the row and holds its true before-image, `u` updates it, `l` logs what `u` did. */
function oneRowStatement(
  known: KnownTable,
  log: OperationLog,
  id: string,
  version: number | undefined,
  columns: readonly (readonly [ColumnDefinition, Json])[],
  formulas: FormulaWrite | null,
  computing: RowFunction | null,
): RawBuilder<{ version: number }> {
  const { org, table } = known
  const cells = columns.map(([column, value], place) => ({
    column,
    value: cellValue(column, value),
    before: sql.id(`b${place}`),
  }))
  const images = cells.map(({ column, before }) => sql`t.${physical.values(column)} as ${before}`)
  const assigned = [...cells.flatMap(({ column, value }) => assignments(column, value)), ...(formulas?.sets('f') ?? [])]
  const sets = assigned.map(({ name, value }) => sql`${name} = ${value}`)
  const computed = formulas === null ? null : computedRow(formulas, computing, cells)
  const differs = cells.map(({ value, before }) => sql`o.${before} is distinct from ${value}`)
  const expected = version === undefined ? sql`` : sql` and o._version = ${version}::int`
  const rows = physical.rows(org, table)
  const key = sql`${id}::bigint`
  return sql`
    with o as materialized (
      select t._version, ${sql.join([...images, ...(computed?.read ?? [])])} from ${rows} as t where t._id = ${key} for no key update of t
    ), u as (
      update ${rows} as t
      set ${sql.join(sets)}, _version = t._version + 1, _updated_at = now(), _updated_by = current_setting('opslayer.actor', true)
      from o${computed === null ? sql`` : sql`, ${computed.relation} as f`}
      where t._id = ${key}${expected} and (${sql.join(differs, sql` or `)})
      returning t._id, t._version, ${sql.join(cells.map(({ before }) => sql`o.${before}`))}
    ), l as (
      ${insertEntry(
        org,
        log.entry('rows-updated', table.id),
        {
          count: sql`1`,
          first: sql`u._id`,
          last: sql`u._id`,
          ids: sql`array[u._id]`,
          columns: columns.map(([column]) => column),
          computed: formulas?.columnIds,
          before: cellsAsJson(cells.map(({ column, before }) => [column, sql`u.${before}`])),
          after: cellsAsJson(cells.map(({ column, value }) => [column, value])),
        },
        sql`u`,
      )}
    )
    select _version as version from u`
}

/** The row of `o` with its new values and what formulas make of them; and what `o` must read of it for them. */
function computedRow(
  formulas: FormulaWrite,
  computing: RowFunction | null,
  cells: readonly { readonly column: ColumnDefinition; readonly value: RawBuilder<unknown> }[],
): { readonly relation: RawBuilder<unknown>; readonly read: readonly RawBuilder<unknown>[] } {
  const written = new Map(cells.map(({ column, value }) => [valuesName(column), value]))
  const values = formulas.cells.map((cell) => written.get(cell) ?? sql`o.${sql.id(cell)}`)
  const named = values.map((value, place) => sql`${value} as ${sql.id(formulas.cells[place] ?? '')}`)
  const source = named.length === 0 ? sql`(select from o)` : sql`(select ${sql.join(named)} from o)`
  return {
    relation: computing?.call(values) ?? formulas.relation(source, []),
    read: formulas.cells.filter((cell) => !written.has(cell)).map((cell) => sql`t.${sql.id(cell)}`),
  }
}

/** As `columnsAsJson` makes it of many rows, for a hundred columns at most. */
function cellsAsJson(cells: readonly (readonly [ColumnDefinition, RawBuilder<unknown>])[]): RawBuilder<unknown> {
  const members = cells.map(([column, cell]) => sql`${sql.lit(column.id)}, json_build_array(${cell})`)
  return sql`json_build_object(${sql.join(members)}, '_warnings', null)`
}
