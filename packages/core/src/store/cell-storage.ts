import type { Storage } from '../values/column-type.ts'
import type { Json } from '../values/json.ts'

/**
 * How cells of each storage travel: as text in one array parameter per column, cast in SQL. `text[]` and `jsonb` go as
 * literals because `unnest` would flatten nested arrays.
 */
export interface CellStorage {
  /** Type of the column in PostgreSQL. */
  readonly sqlType: string
  /** Type of the array parameter that brings one cell per row. */
  readonly arrayType: string
  /** Whether the element must be cast on arrival. */
  readonly castOnArrival: boolean
  readonly encode: (value: Json) => string | boolean | null
  /** From what the type parsers of the db room give. */
  readonly decode: (raw: unknown) => Json
}

/** Storages whose texts have no sign that COPY or an array gives a meaning to: nothing to look for, millions of times. */
export const plainStorages: ReadonlySet<Storage> = new Set(['numeric', 'boolean', 'date', 'timestamptz'])

const asText = (value: Json): string | null => (value === null ? null : String(value))
const asIs = (raw: unknown): Json => raw as Json

export const cellStorages: Readonly<Record<Storage, CellStorage>> = {
  text: { sqlType: 'text', arrayType: 'text[]', castOnArrival: false, encode: asText, decode: asIs },
  numeric: {
    sqlType: 'numeric',
    arrayType: 'numeric[]',
    castOnArrival: false,
    encode: asText,
    decode: (raw) => (raw === null ? null : Number(raw)),
  },
  boolean: {
    sqlType: 'boolean',
    arrayType: 'boolean[]',
    castOnArrival: false,
    encode: (value) => (value === null ? null : value === true),
    decode: asIs,
  },
  date: { sqlType: 'date', arrayType: 'date[]', castOnArrival: false, encode: asText, decode: asIs },
  timestamptz: {
    sqlType: 'timestamptz(3)',
    arrayType: 'timestamptz[]',
    castOnArrival: false,
    encode: asText,
    decode: asIs,
  },
  'text[]': {
    sqlType: 'text[]',
    arrayType: 'text[]',
    castOnArrival: true,
    encode: (value) => (Array.isArray(value) ? arrayLiteral(value) : null),
    decode: asIs,
  },
  jsonb: {
    sqlType: 'jsonb',
    arrayType: 'text[]',
    castOnArrival: true,
    encode: (value) => (value === null ? null : JSON.stringify(value)),
    decode: asIs,
  },
}

/** `{"a","b \"c\""}` */
function arrayLiteral(elements: readonly Json[]): string {
  const quoted = elements.map((element) => `"${String(element).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`)
  return `{${quoted.join(',')}}`
}
