import type { OpsErrorPath } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { assertBoundedJson, isPlainObject } from './json-bounds.ts'
import { queryFault } from './query-fault.ts'

/** How deep a filter may be nested, counting `and`, `or`, `not` and leaves. */
const maxFilterDepth = 50
/** How many `and`, `or`, `not` and leaves a filter may have. */
const maxFilterNodes = 1000

interface Open {
  readonly node: unknown
  readonly depth: number
  readonly at: OpsErrorPath
}

/**
 * Checks depth, size and keys of a filter before anything recurses into it. Walks without recursion: a filter nested
 * a million deep is refused, not fatal.
 *
 * @throws OpsError `LIMIT_EXCEEDED` or `INVALID_QUERY`
 */
export function assertFilterBounds(input: unknown, at: OpsErrorPath): void {
  const open: Open[] = [{ node: input, depth: 1, at }]
  let seen = 0
  const tooMany = () =>
    queryFault(at, say('A filter may have at most {#count} conditions.', { count: maxFilterNodes }), 'LIMIT_EXCEEDED')
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth, at: here } = next
    seen++
    if (seen + open.length > maxFilterNodes) throw tooMany()
    if (depth > maxFilterDepth) {
      throw queryFault(
        at,
        say('A filter may be nested at most {#count} deep.', { count: maxFilterDepth }),
        'LIMIT_EXCEEDED',
      )
    }
    if (!isPlainObject(node)) {
      throw queryFault(here, 'A filter must be an object such as { column, op, value }.')
    }
    for (const key of Reflect.ownKeys(node)) {
      if (typeof key === 'symbol') throw queryFault(here, 'A filter may not have symbols as keys.')
      const part = node[key]
      if ((key === 'and' || key === 'or') && Array.isArray(part)) {
        if (part.length > maxFilterNodes) throw tooMany()
        for (const [i, child] of part.entries()) open.push({ node: child, depth: depth + 1, at: [...here, key, i] })
      } else if (key === 'not') {
        open.push({ node: part, depth: depth + 1, at: [...here, key] })
      } else if (knownLeafKeys.has(key)) {
        if (part !== undefined) assertBoundedJson(part, [...here, key])
      } else {
        throw queryFault(here, `A filter may not have the key “${key.slice(0, 40)}”.`)
      }
    }
  }
}

const knownLeafKeys: ReadonlySet<string> = new Set([
  'and',
  'or',
  'column',
  'op',
  'value',
  'state',
  'code',
  'search',
  'columns',
  'formula',
])
