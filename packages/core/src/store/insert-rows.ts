import { type RawBuilder, sql } from 'kysely'
import * as z from 'zod'
import { limits } from '../catalog/limits.ts'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { checkInput } from '../errors/check-input.ts'
import type { PhysicalRow } from '../query/projection.ts'
import { sortKeyExpression } from '../query/sort-key-expression.ts'
import type { Json } from '../values/json.ts'
import { copyJson } from '../values/json-value.ts'
import { plainText } from '../values/plain-text.ts'
import { type CellParameter, cellParameters } from './cell-parameters.ts'
import { cellStorages } from './cell-storage.ts'
import { fillDefaults } from './formulas/column-checks.ts'
import { type FormulaWrite, formulaWrite } from './formulas/formula-write.ts'
import { keptWarning, writeWarnings } from './kept-text.ts'
import { logInserted } from './log-inserted.ts'
import { type OperationLog, startOperation } from './operation-log.ts'
import type { OrgSession, TableWork } from './org-session.ts'
import { physical, sortKeyName, stateName, valuesName } from './physical-names.ts'
import { type CellError, type CellsInput, prepareCells } from './prepare-cells.ts'
import { type Row, statusDecoder } from './row.ts'
import { checkPlace, positionAt, type RowPlace, rowPlaceSchema } from './row-place.ts'
import { refuseOutside } from './seen-rows.ts'
import { hiddenColumns, seenTable } from './table-access.ts'
import { ensurePart, missingPart } from './table-parts.ts'
import { type AddressedRow, writeUnique } from './unique-cells.ts'
import type { RowWriteOptions } from './update-rows.ts'

/** A row to be made. */
export interface RowInput {
  readonly cells: CellsInput
  /** Id of the record where it comes from; unique per source. */
  readonly externalKey?: string | undefined
  /** Where it comes from: `{ id: 'hubspot', … }`. */
  readonly source?: RowSource | undefined
}

const rowSourceSchema = z
  .object({ id: z.string().min(1).max(200) })
  .catchall(z.custom<Json>())
  .refine((source) => JSON.stringify(source).length <= 10_000, 'A source has at most 10,000 characters as JSON.')
  .refine((source) => copyJson(source).ok, 'A source is JSON without NUL or broken Unicode characters.')

export type RowSource = { readonly id: string; readonly [member: string]: Json }

export interface InsertOptions extends RowWriteOptions {
  /** @default { at: 'end' } */
  readonly place?: RowPlace | undefined
}

export interface InsertedRow {
  /** Place in the call's list. */
  readonly index: number
  readonly id: string
  readonly version: number
  /** Values as they were stored, by column key, results of formulas included; empty cells are left out. */
  readonly cells: Readonly<Record<string, Json>>
  /** How cells of formulas stand that ended in an error, by column key; absent if there are none. */
  readonly states?: Row['states']
}

export interface InsertResult {
  readonly rows: readonly InsertedRow[]
  readonly errors: readonly CellError[]
  /** For undo; null if no row was made. */
  readonly operation: string | null
}

export const rowInputSchema = z.object({
  cells: z.custom<CellsInput>(),
  externalKey: plainText(limits.externalKeyLength).min(1).optional(),
  source: rowSourceSchema.optional(),
})

export const rowInputsSchema = z
  .array(rowInputSchema)
  .max(limits.rowsPerCall, `At most ${limits.rowsPerCall} rows in one call; use load for more.`)

/** Makes up to 5,000 rows in one transaction. Columns without input take their default. */
export async function insertRows(
  session: OrgSession,
  tableId: string,
  inputs: readonly RowInput[],
  options: InsertOptions = {},
): Promise<InsertResult> {
  checkInput(rowInputsSchema, inputs, ['rows'])
  const place = checkInput(rowPlaceSchema, options.place ?? { at: 'end' }, ['place'])
  const onInvalid = options.onInvalid ?? 'skip'
  const result = await session.writeTable(tableId, options, async (work) => {
    const errors: CellError[] = []
    const rows = prepareInserts(work, inputs, onInvalid, errors)
    const isPlaced = rows.length > 0 && !('at' in place && place.at === 'end')
    if (isPlaced && !work.table.hasPlaces) {
      await checkPlace(work, place)
      return 'places'
    }
    const missing = missingPart(work.table, inputs, rows)
    if (missing !== undefined) return missing
    const log = startOperation(session.actor, options)
    const made = await writeUnique(work, rows, onInvalid, errors, (fitting) =>
      writeInserts(work, fitting, inputs, place, log),
    )
    await refuseOutside(work, log)
    return { rows: made.map((row) => seenCells(work, row)), errors, operation: log.id() }
  })
  if (typeof result !== 'string') return result
  await ensurePart(session, tableId, result)
  return await insertRows(session, tableId, inputs, options)
}

/** Hidden columns take their defaults like any other, and nobody is told. */
function seenCells({ table }: TableWork, row: InsertedRow): InsertedRow {
  if (hiddenColumns(table).length === 0) return row
  const seen = new Set(seenTable(table).columns.map(({ key }) => key))
  const own = <T>(cells: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(cells).filter(([key]) => seen.has(key)))
  return { ...row, cells: own(row.cells), ...(row.states !== undefined && { states: own(row.states) }) }
}

export function prepareInserts(
  work: TableWork,
  inputs: readonly RowInput[],
  onInvalid: 'skip' | 'keep' | 'reject',
  errors: CellError[],
): AddressedRow[] {
  return inputs.flatMap(({ cells }, index) => {
    const row = prepareCells(work, cells, index, onInvalid, errors)
    if (row === undefined) return []
    const values = new Map(row.values)
    fillDefaults(work, values)
    return { ...row, values, id: null }
  })
}

/** One statement: takes ids, inserts, logs. Warnings follow in the same transaction. */
export async function writeInserts(
  work: TableWork,
  rows: readonly AddressedRow[],
  inputs: readonly RowInput[],
  place: RowPlace,
  log: OperationLog,
): Promise<InsertedRow[]> {
  if (rows.length === 0) return []
  const { tx, org, table } = work
  const formulas = formulaWrite(work, 'all')
  const columns = columnsWritten(rows)
  const parameters = cellParameters(columns, rows)
  const keys = rows.map(({ index }) => inputs[index]?.externalKey ?? null)
  const sources = rows.map(({ index }) =>
    inputs[index]?.source === undefined ? null : JSON.stringify(inputs[index].source),
  )
  const arrays = [sql`${keys}::text[]`, sql`${sources}::text[]`, ...parameters.map(({ array }) => array)]
  const names = [sql`external_key`, sql`source`, ...parameters.map(({ name }) => name)]
  const position = await positionAt(work, place, rows.length, log)
  const atEnd = 'at' in place && place.at === 'end'
  const targets = parameters.flatMap(({ column, value }) => [
    { name: physical.values(column), value },
    ...(column.sortKeyed ? [{ name: sql.id(sortKeyName(column)), value: sortKeyExpression(value) }] : []),
  ])
  if (formulas !== null) targets.push(...formulas.sets('i'))
  const source = formulas === null ? sql`i` : sql`${computedInputs(work, formulas, parameters)} as i`
  const computed = table.columns.filter(({ formula }) => formula !== null)
  const results = computed.flatMap((column) => [sql.id(valuesName(column)), sql.id(stateName(column))])
  const made = await tx.all(sql<{ id: string; place: number } & PhysicalRow>`
    with i as materialized (
      select nextval(${physical.rowIds(org)}) as id, u.*
      from unnest(${sql.join(arrays)}) with ordinality as u (${sql.join([...names, sql`place`])})
    ), n as (
      insert into ${physical.rows(org, table)} (${sql.join([sql`_id`, sql`_position`, sql`_external_key`, sql`_source`, ...targets.map(({ name }) => name)])})
      select ${sql.join([sql`i.id`, atEnd ? sql`i.id` : position(sql`i.place`), sql`i.external_key`, sql`i.source::jsonb`, ...targets.map(({ value }) => value)])}
      from ${source} order by i.place
      returning ${sql.join([sql`_id`, ...results])}
    ), ${logInserted(org, log.entry('rows-inserted', table.id))}
    select ${sql.join([sql`i.id`, sql`i.place::int as place`, ...results.map((name) => sql`n.${name}`)])}
    from i ${formulas === null ? sql`` : sql`join n on n._id = i.id`} order by i.place`)
  log.written()
  const kept = made.flatMap(({ id, place: at }) => (rows[at - 1]?.kept ?? []).map((text) => keptWarning(id, text)))
  if (kept.length > 0) await tx.run(writeWarnings(work, sql`${JSON.stringify(kept)}::json`))
  const statusesOf = statusDecoder(computed)
  return made.flatMap((raw) => {
    const row = rows[raw.place - 1]
    if (row === undefined) return []
    const cells = { ...storedCells(row), ...computedCells(computed, raw) }
    const states = statusesOf?.(raw)
    return { index: row.index, id: raw.id, version: 1, cells, ...(states !== undefined && { states }) }
  })
}

/** The inputs with what formulas make of them, under the names of the inputs; cells that are not written are empty. */
function computedInputs(
  { table }: TableWork,
  formulas: FormulaWrite,
  parameters: readonly CellParameter[],
): RawBuilder<unknown> {
  const given = new Map(parameters.map(({ column, value }) => [valuesName(column), value]))
  const types = new Map(
    table.columns.map((column) => [valuesName(column), cellStorages[column.columnType.storage].sqlType]),
  )
  const cells = formulas.cells.map(
    (cell) => sql`${given.get(cell) ?? sql`null::${sql.raw(types.get(cell) ?? 'text')}`} as ${sql.id(cell)}`,
  )
  const kept = ['id', 'place', 'external_key', 'source', ...parameters.map((_, place) => `v${place}`)]
  return formulas.relation(sql`(select ${sql.join([sql`i.*`, ...cells])} from i)`, kept)
}

function computedCells(columns: readonly ColumnDefinition[], raw: PhysicalRow): Record<string, Json> {
  const cells: Record<string, Json> = {}
  for (const column of columns) {
    const value = cellStorages[column.columnType.storage].decode(raw[valuesName(column)])
    if (value !== null) cells[column.key] = value
  }
  return cells
}

function columnsWritten(rows: readonly AddressedRow[]): ColumnDefinition[] {
  const columns = new Set<ColumnDefinition>()
  for (const { values } of rows) for (const column of values.keys()) columns.add(column)
  return [...columns].sort((a, b) => a.number - b.number)
}

function storedCells(row: AddressedRow): Record<string, Json> {
  return Object.fromEntries(
    [...row.values].filter(([, value]) => value !== null).map(([{ key }, value]) => [key, value]),
  )
}
