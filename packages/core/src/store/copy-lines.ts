import type { ColumnDefinition } from '../catalog/table-definition.ts'
import type { Json } from '../values/json.ts'
import { sortKey } from '../values/sort-key.ts'
import { cellStorages, plainStorages } from './cell-storage.ts'
import { sortKeyName, valuesName } from './physical-names.ts'
import type { KeptText } from './prepare-cells.ts'

/** Columns of the COPY that {@link numberedLines} are for. */
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

/** Rows of one buffer on its way to the server: about 2 ms of work between two turns of the event loop. */
const linesPerBuffer = 200

/** Rows read into lines of COPY's text format (tab between cells, `\N` for empty, backslash escapes), without ids. */
export interface RowLines {
  readonly lines: readonly string[]
  /** Texts that rows keep beside them, by their place among the lines. */
  readonly kept: readonly { readonly place: number; readonly texts: readonly KeptText[] }[]
}

/** Writes the cells of one row after the other. */
export interface RowLineWriter {
  set(column: ColumnDefinition, value: Json): void
  /** Where the row comes from. */
  setOrigin(externalKey: string | undefined, source: Json | undefined): void
  /** The row's line; the next row begins. */
  end(): string
  /** Leaves the row out; the next one begins. */
  drop(): void
}

const noOrigin = '\\N\t\\N'

/** Lines for `copyRowLines`; those of a definition that has changed since must be written anew. */
export function rowLineWriter(columns: readonly ColumnDefinition[]): RowLineWriter {
  const layout = layoutOf(columns)
  const cells: string[] = []
  let origin = noOrigin
  const reset = (): void => {
    layout.reset(cells)
    origin = noOrigin
  }
  reset()
  return {
    set: (column, value) => layout.write(cells, column, value),
    setOrigin: (externalKey, source) => {
      origin = `${copyField(externalKey ?? null)}\t${copyField(source === undefined ? null : JSON.stringify(source))}`
    },
    end: () => {
      const line = `${origin}\t${cells.join('\t')}`
      reset()
      return line
    },
    drop: reset,
  }
}

/** Lines with their ids, in buffers. */
export function* numberedLines(lines: readonly string[], idAt: (place: number) => string): Generator<Uint8Array> {
  let text = ''
  for (const [place, line] of lines.entries()) {
    const id = idAt(place)
    text += `${id}\t${id}\t${line}\n`
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
