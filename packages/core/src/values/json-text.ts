import { plainDecimal } from './decimal.ts'
import type { Json } from './json.ts'

/** JSON as PostgreSQL prints `jsonb`: keys by length, then by bytes; `, ` and `: ` between; numbers in full. */
export function jsonbText(value: Json): string {
  if (typeof value === 'number') return plainDecimal(value)
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isJsonArray(value)) return `[${value.map(jsonbText).join(', ')}]`
  const keys = Object.keys(value).map((key) => ({ key, bytes: encoder.encode(key) }))
  keys.sort((a, b) => a.bytes.length - b.bytes.length || compareBytes(a.bytes, b.bytes))
  return `{${keys.map(({ key }) => `${JSON.stringify(key)}: ${jsonbText(value[key] ?? null)}`).join(', ')}}`
}

const encoder = new TextEncoder()

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return (a[i] ?? 0) - (b[i] ?? 0)
  return 0
}

/** `Array.isArray` for JSON, which TypeScript does not narrow for read-only arrays. */
export function isJsonArray(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

/**
 * The text that PostgreSQL's `value #>> path` gives: a text as it is, other values as {@link jsonbText}; `null` where
 * there is nothing or JSON's null. A number on a list counts from 0, or from the end if negative.
 */
export function jsonPathText(value: Json, path: readonly string[]): string | null {
  let at: Json = value
  for (const step of path) {
    if (at === null || typeof at !== 'object') return null
    if (isJsonArray(at)) {
      const index = /^\s*[+-]?\d{1,9}$/.test(step) ? Number(step) : null
      if (index === null) return null
      at = at[index < 0 ? at.length + index : index] ?? null
    } else {
      at = Object.hasOwn(at, step) ? (at[step] ?? null) : null
    }
  }
  return at === null ? null : typeof at === 'string' ? at : jsonbText(at)
}
