import { type RawBuilder, sql } from 'kysely'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { assignments, cellsAsJson, cellValue } from './cell-parameters.ts'
import { type EditCall, type EditFunction, editFunction } from './edit-function.ts'
import { isFunctionMissing, isReady, noteEdit } from './edit-functions.ts'
import { fillSets } from './filled/fill-sets.ts'
import { type FormulaWrite, formulaWrite } from './formulas/formula-write.ts'
import { insertEntry } from './log-entry.ts'
import { startOperation } from './operation-log.ts'
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
  let edit: EditFunction | null = null
  const statement = (known: KnownTable): RawBuilder<{ version: number | null }> | undefined => {
    const row = readRow(known, cells, options, errors)
    const columns = [...(row?.values ?? [])]
    const isPlain = row?.kept.length === 0 && !known.table.hasSide && !columns.some(([column]) => column.unique)
    if (!isPlain || columns.length === 0 || columns.length > mostColumns) return undefined
    const written = columns.map(([column]) => column)
    const values = columns.map(([column, value]) => cellValue(column, value))
    const formulas = formulaWrite(
      known,
      written.map((column) => column.id),
    )
    edit = editFunction(known, written, formulas)
    const call = { id, version, entry: log.entry('rows-updated', tableId), values }
    return edit !== null && isReady(session, edit) ? edit.call(call) : oneRowStatement(known, written, call, formulas)
  }
  const written = session.writeSingle(tableId, options, statement).catch((error) => {
    if (edit === null || !isFunctionMissing(error)) throw error
    session.editFunctions.delete(edit.name)
    return undefined
  })
  const done = (await written)?.[0]?.version ?? null
  if (done === null) return undefined
  if (edit !== null) noteEdit(session, tableId, edit)
  return {
    rows: [{ id, version: done, outcome: 'updated' }],
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
  { org, table }: KnownTable,
  columns: readonly ColumnDefinition[],
  { id, version, entry, values }: EditCall,
  formulas: FormulaWrite | null,
): RawBuilder<{ version: number }> {
  const cells = columns.map((column, place) => ({
    column,
    value: values[place] ?? sql`null`,
    before: sql.id(`b${place}`),
  }))
  const images = cells.map(({ column, before }) => sql`t.${physical.values(column)} as ${before}`)
  const assigned = [...cells.flatMap(({ column, value }) => assignments(column, value)), ...(formulas?.sets('f') ?? [])]
  const sets = [...assigned, ...fillSets(table, assigned)].map(({ name, value }) => sql`${name} = ${value}`)
  const computed = formulas === null ? null : computedRow(formulas, cells)
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
        entry,
        {
          count: sql`1`,
          first: sql`u._id`,
          last: sql`u._id`,
          ids: sql`array[u._id]`,
          columns,
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
  cells: readonly { readonly column: ColumnDefinition; readonly value: RawBuilder<unknown> }[],
): { readonly relation: RawBuilder<unknown>; readonly read: readonly RawBuilder<unknown>[] } {
  const written = new Map(cells.map(({ column, value }) => [valuesName(column), value]))
  const named = formulas.cells.map((cell) => sql`${written.get(cell) ?? sql`o.${sql.id(cell)}`} as ${sql.id(cell)}`)
  const source = named.length === 0 ? sql`(select from o)` : sql`(select ${sql.join(named)} from o)`
  return {
    relation: formulas.relation(source, []),
    read: formulas.cells.filter((cell) => !written.has(cell)).map((cell) => sql`t.${sql.id(cell)}`),
  }
}
