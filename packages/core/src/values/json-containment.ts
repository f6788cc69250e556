import type { Json } from './json.ts'
import { isJsonArray } from './json-text.ts'

/**
 * PostgreSQL's `whole @> part` for jsonb: objects hold the keys of the part with contained values, lists hold each
 * item of the part somewhere, single values are equal; a list also holds a single value that is one of its items.
 */
export function jsonContains(whole: Json, part: Json): boolean {
  if (isJsonArray(whole) && (part === null || typeof part !== 'object')) return whole.includes(part)
  return holds(whole, part)
}

function holds(whole: Json, part: Json): boolean {
  if (part === null || typeof part !== 'object') return whole === part
  if (whole === null || typeof whole !== 'object') return false
  if (isJsonArray(part)) {
    return isJsonArray(whole) && part.every((item) => whole.some((candidate) => holds(candidate, item)))
  }
  if (isJsonArray(whole)) return false
  return Object.entries(part).every(([key, item]) => Object.hasOwn(whole, key) && holds(whole[key] ?? null, item))
}
