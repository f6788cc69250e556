import { sql } from 'kysely'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import type { Json } from '../values/json.ts'
import { sortKey } from '../values/sort-key.ts'
import { columnsAsJson } from './cell-parameters.ts'
import { cellStorages } from './cell-storage.ts'
import { type InsertedRow, prepareInserts, type RowInput, rowInputSchema, writeInserts } from './insert-rows.ts'
import { ensureSideTable } from './kept-text.ts'
import { insertEntry } from './log-entry.ts'
import { type OperationLog, startOperation, type WriteOptions } from './operation-log.ts'
import type { OrgSession, TableWork } from './org-session.ts'
import { physical, rowsName, schemaName, sortKeyName, valuesName } from './physical-names.ts'
import type { CellError, OnInvalid } from './prepare-cells.ts'
import { type AddressedRow, writeUnique } from './unique-cells.ts'

export interface LoadOptions extends CallOptions, WriteOptions {
  /** @default 'skip' */
  readonly onInvalid?: OnInvalid
  /** Called after each chunk. */
  readonly onProgress?: ((done: { readonly rows: number }) => void) | undefined
  /** Called with the errors of each chunk; indexes count over the whole load. Without it errors are only counted. */
  readonly onErrors?: ((errors: readonly CellError[]) => void) | undefined
}

export interface LoadResult {
  readonly rows: number
  /** Cells that could not be read. */
  readonly errors: number
  readonly operation: string | null
}

/** Rows of one transaction: about 0.2 s of COPY, so that no transaction is long. */
const chunkRows = 10_000

/**
 * Appends any number of rows by `COPY`, chunk by chunk, with bounded memory. One operation: one undo removes them all.
 * Aborted half-way, the chunks that were acknowledged stay.
 */
export async function loadRows(
  session: OrgSession,
  tableId: string,
  inputs: AsyncIterable<RowInput> | Iterable<RowInput>,
  options: LoadOptions = {},
): Promise<LoadResult> {
  const log = startOperation(session.actor, options)
  let rows = 0
  let errors = 0
  let seen = 0
  for await (const chunk of chunksOf(inputs)) {
    const loaded = await loadChunk(session, tableId, chunk, options, log)
    rows += loaded.rows
    errors += loaded.errors.length
    const offset = seen
    if (loaded.errors.length > 0)
      options.onErrors?.(loaded.errors.map((error) => ({ ...error, index: error.index + offset })))
    seen += chunk.length
    options.onProgress?.({ rows })
  }
  return { rows, errors, operation: log.id() }
}

async function* chunksOf(inputs: AsyncIterable<RowInput> | Iterable<RowInput>): AsyncGenerator<RowInput[]> {
  let chunk: RowInput[] = []
  for await (const input of inputs) {
    chunk.push(input)
    if (chunk.length === chunkRows) {
      yield chunk
      chunk = []
    }
  }
  if (chunk.length > 0) yield chunk
}

async function loadChunk(
  session: OrgSession,
  tableId: string,
  inputs: readonly RowInput[],
  options: LoadOptions,
  log: OperationLog,
): Promise<{ rows: number; errors: CellError[] }> {
  inputs.forEach((input, index) => {
    checkInput(rowInputSchema, input, ['rows', index])
  })
  const onInvalid = options.onInvalid ?? 'skip'
  const loaded = await session.writeTable(tableId, options, async (work) => {
    const errors: CellError[] = []
    const rows = prepareInserts(work, inputs, onInvalid, errors)
    if (!work.table.hasSide && rows.some(({ kept }) => kept.length > 0)) return undefined
    if (canCopy(work, rows)) return { rows: await copyRows(work, rows, inputs, log), errors }
    const made: InsertedRow[] = await writeUnique(work, rows, onInvalid, errors, (fitting) =>
      writeInserts(work, fitting, inputs, { at: 'end' }, log),
    )
    return { rows: made.length, errors }
  })
  if (loaded !== undefined) return loaded
  await ensureSideTable(session, tableId)
  return await loadChunk(session, tableId, inputs, options, log)
}

/** COPY can neither report a violation per row nor write beside the rows. */
function canCopy({ table }: TableWork, rows: readonly AddressedRow[]): boolean {
  return !table.columns.some(({ unique }) => unique) && rows.every(({ kept }) => kept.length === 0)
}

async function copyRows(
  { tx, org, table }: TableWork,
  rows: readonly AddressedRow[],
  inputs: readonly RowInput[],
  log: OperationLog,
): Promise<number> {
  if (rows.length === 0) return 0
  const columns = table.columns.filter((column) => rows.some(({ values }) => values.has(column)))
  const taken = await tx.arrays(
    sql`select nextval(${physical.rowIds(org)}) from generate_series(1, ${sql.lit(rows.length)})`,
  )
  const ids = taken.map(([id]) => String(id))
  const names = [
    '_id',
    '_position',
    '_external_key',
    '_source',
    ...columns.flatMap((column) =>
      column.sortKeyed ? [valuesName(column), sortKeyName(column)] : [valuesName(column)],
    ),
  ]
  const target = `"${schemaName(org)}"."${rowsName(table)}" (${names.map((name) => `"${name}"`).join(', ')})`
  await tx.copyIn(target, copyLines(columns, rows, inputs, ids))
  await tx.run(sql`
    with e as (select min(id) as first, max(id) as last, array_agg(id order by id) as ids from unnest(${ids}::bigint[]) as id)
    ${insertEntry(
      org,
      log.entry('rows-inserted', table.id),
      {
        count: sql`${sql.lit(rows.length)}`,
        first: sql`e.first`,
        last: sql`e.last`,
        ids: sql`case when e.last - e.first + 1 = ${sql.lit(rows.length)} then null else e.ids end`,
        before: sql`null`,
        after: columnsAsJson([], sql`null::json`),
      },
      sql`e`,
    )}`)
  log.written()
  return rows.length
}

/** Rows of one buffer on its way to the server. */
const linesPerBuffer = 500

/** COPY's text format: tab between cells, `\N` for empty, backslash escapes. */
function* copyLines(
  columns: readonly ColumnDefinition[],
  rows: readonly AddressedRow[],
  inputs: readonly RowInput[],
  ids: readonly string[],
): Generator<Uint8Array> {
  const fields = columns.map((column) => ({
    column,
    encode: cellStorages[column.columnType.storage].encode,
    keyed: column.sortKeyed,
  }))
  let text = ''
  for (const [place, row] of rows.entries()) {
    const id = ids[place] ?? ''
    const input = inputs[row.index]
    text += `${id}\t${id}\t${copyField(input?.externalKey ?? null)}\t${copyField(input?.source === undefined ? null : JSON.stringify(input.source))}`
    for (const { column, encode, keyed } of fields) {
      const value: Json = row.values.get(column) ?? null
      text += `\t${copyField(encode(value))}`
      if (keyed) text += `\t${copyField(typeof value === 'string' ? sortKey(value) : null)}`
    }
    text += '\n'
    if (place % linesPerBuffer === linesPerBuffer - 1) {
      yield Buffer.from(text)
      text = ''
    }
  }
  if (text !== '') yield Buffer.from(text)
}

const needsEscape = /[\\\t\n\r]/
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function copyField(value: string | boolean | null): string {
  if (value === null) return '\\N'
  if (typeof value === 'boolean') return value ? 't' : 'f'
  return needsEscape.test(value)
    ? value.replaceAll(/[\\\t\n\r]/g, (character) => escapes[character] ?? character)
    : value
}
