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

/**
 * The cells of one JSON value: of an object in the order of the columns, of a list as they are.
 *
 * @param added grows by the names of columns that are new
 * @returns null for what is neither
 */
export function jsonCells(value: unknown, columns: JsonColumns, added: string[], maxCells: number): RawRecord | null {
  if (typeof value !== 'object' || value === null) return null
  if (Array.isArray(value)) return value as Json[]
  const { places, found } = columns
  const cells: Json[] = []
  for (const [name, cell] of Object.entries(value as Readonly<Record<string, Json>>)) {
    let place = places.get(name)
    if (place === undefined) {
      if (places.size >= maxCells) continue
      place = places.size
      places.set(name, place)
      found.push(name)
      added.push(name)
    }
    while (cells.length < place) cells.push(null)
    cells[place] = cell
  }
  return cells
}
