import type { Json } from '../../values/json.ts'
import type { RawRecord } from './record-batch.ts'

/** The columns of JSON objects: known names, and those met on the way. */
export interface JsonColumns {
  readonly places: Map<string, number>
  readonly found: string[]
}

export function jsonColumns(known: readonly string[], found: readonly string[] = []): JsonColumns {
  const places = new Map<string, number>()
  for (const name of [...known, ...found]) if (!places.has(name)) places.set(name, places.size)
  return { places, found: [...found] }
}

/** A text as JSON. Numbers that JavaScript would round stay text. */
export function parseJson(text: string): unknown {
  return /\d{16}|\d{15}\.\d|\.\d{15}/.test(text) ? JSON.parse(text, exactNumber) : JSON.parse(text)
}

function exactNumber(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const { source } = context ?? {}
  if (typeof value !== 'number' || source === undefined) return value
  return source.length <= 16 || String(value) === source ? value : source
}

/** The cells of a JSON object in the order of the columns, and the names that are not among those. */
export interface JsonCells {
  readonly cells: RawRecord
  /** In the order of their cells, which stand behind those of the columns. */
  readonly unknown: readonly string[]
}

/** @param skipsEmpty whether names that are unknown and have nothing under them are passed over */
export function jsonCells(
  value: Readonly<Record<string, Json>>,
  { places }: JsonColumns,
  skipsEmpty: boolean,
): JsonCells {
  const cells: Json[] = []
  const unknown: string[] = []
  for (const [name, cell] of Object.entries(value)) {
    let place = places.get(name)
    if (place === undefined) {
      if (skipsEmpty && (cell === null || cell === '')) continue
      place = places.size + unknown.length
      unknown.push(name)
    }
    while (cells.length < place) cells.push(null)
    cells[place] = cell
  }
  return { cells, unknown }
}

/** Makes names columns of their own. */
export function addColumns({ places, found }: JsonColumns, names: readonly string[]): void {
  for (const name of names) {
    places.set(name, places.size)
    found.push(name)
  }
}
