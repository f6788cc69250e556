import type { ColumnDefinition } from '../catalog/table-definition.ts'
import type { Json } from '../values/json.ts'
import { sortKey } from '../values/sort-key.ts'
import { cellStorages, plainStorages } from './cell-storage.ts'
import type { RowInput } from './insert-rows.ts'
import { sortKeyName, valuesName } from './physical-names.ts'
import { type CellReading, type KeptText, readCells } from './prepare-cells.ts'

/** Columns of the COPY that {@link copyLines} writes lines for. */
export function copyColumns(columns: readonly ColumnDefinition[]): string[] {
  const cells = filledIn(columns).flatMap((column) =>
    column.sortKeyed ? [valuesName(column), sortKeyName(column)] : [valuesName(column)],
  )
  return ['_id', '_position', '_external_key', '_source', ...cells]
}

/** Cells of formulas are computed behind the COPY. */
function filledIn(columns: readonly ColumnDefinition[]): readonly ColumnDefinition[] {
  return columns.filter(({ formula }) => formula === null)
}

/** What becomes of rows while they turn into lines. */
export interface CopyProgress {
  /** Id of the n-th row written, from 0. */
  readonly idAt: (place: number) => string
  /** Rows written. */
  rows: number
  /** Called with the texts that a row written keeps beside it. */
  readonly onKept: (id: string, kept: readonly KeptText[]) => void
}

/** Rows of one buffer on its way to the server: about 2 ms of work between two turns of the event loop. */
const linesPerBuffer = 200

/**
 * Reads rows straight into lines of COPY's text format (tab between cells, `\N` for empty, backslash escapes), only as
 * fast as the server takes them. Nothing is made per row but its text.
 */
export function* copyLines(
  reading: CellReading,
  inputs: readonly RowInput[],
  progress: CopyProgress,
): Generator<Uint8Array> {
  const { columns } = reading.table
  const layout = layoutOf(columns)
  const cells: string[] = []
  const set = (column: ColumnDefinition, value: Json): void => layout.write(cells, column, value)
  let text = ''
  for (const [index, input] of inputs.entries()) {
    layout.reset(cells)
    const kept = readCells(reading, input.cells, index, set)
    if (kept === undefined) continue
    const id = progress.idAt(progress.rows)
    const source = input.source === undefined ? null : JSON.stringify(input.source)
    const line = [id, id, copyField(input.externalKey ?? null), copyField(source), ...cells]
    text += `${line.join('\t')}\n`
    progress.rows += 1
    if (kept.length > 0) progress.onKept(id, kept)
    if (progress.rows % linesPerBuffer > 0) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}

/** Rows read into lines before the transaction that writes them: the cells of each, without its id. */
export interface RowLines {
  readonly lines: readonly string[]
  /** Texts that rows keep beside them, by their place among the lines. */
  readonly kept: readonly { readonly place: number; readonly texts: readonly KeptText[] }[]
}

/** Writes the cells of one row after the other. */
export interface RowLineWriter {
  set(column: ColumnDefinition, value: Json): void
  /** The row's line; the next row begins. */
  end(): string
  /** Leaves the row out; the next one begins. */
  drop(): void
}

/** Lines for {@link copyRowLines}; those of a definition that has changed since must be written anew. */
export function rowLineWriter(columns: readonly ColumnDefinition[]): RowLineWriter {
  const layout = layoutOf(columns)
  const cells: string[] = []
  layout.reset(cells)
  return {
    set: (column, value) => layout.write(cells, column, value),
    end: () => {
      const line = cells.join('\t')
      layout.reset(cells)
      return line
    },
    drop: () => layout.reset(cells),
  }
}

/** Lines with their ids, in buffers. */
export function* numberedLines(lines: readonly string[], idAt: (place: number) => string): Generator<Uint8Array> {
  let text = ''
  for (const [place, line] of lines.entries()) {
    const id = idAt(place)
    text += `${id}\t${id}\t\\N\t\\N\t${line}\n`
    if ((place + 1) % linesPerBuffer > 0) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}

/** Where each column's cell stands in a line, and what a line holds before its cells are known. */
function layoutOf(all: readonly ColumnDefinition[]) {
  const columns = filledIn(all)
  const places: number[] = []
  const empty: string[] = []
  for (const column of columns) {
    places[column.number] = empty.length
    empty.push(...(column.sortKeyed ? ['\\N', '\\N'] : ['\\N']))
  }
  const write = (cells: string[], column: ColumnDefinition, value: Json): void => {
    const place = places[column.number] ?? 0
    const { storage } = column.columnType
    const text = cellStorages[storage].encode(value)
    cells[place] = typeof text === 'string' && plainStorages.has(storage) ? text : copyField(text)
    if (column.sortKeyed) cells[place + 1] = copyField(typeof value === 'string' ? sortKey(value) : null)
  }
  for (const column of columns) if (column.defaultValue !== null) write(empty, column, column.defaultValue)
  return {
    write,
    reset: (cells: string[]): void => {
      for (let place = 0; place < empty.length; place += 1) cells[place] = empty[place] ?? '\\N'
    },
  }
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
