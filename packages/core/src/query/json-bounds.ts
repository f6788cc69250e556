import type { OpsErrorPath } from '../errors/ops-error.ts'
import { queryFault } from './query-fault.ts'

/** Bounds of one operand. */
const maxDepth = 50
const maxNodes = 25_000
const maxTextLength = 100_000

const refusedKeys: ReadonlySet<PropertyKey> = new Set(['__proto__', 'constructor', 'prototype'])

/** Whether an object is a plain one: made by `{}`, `JSON.parse` or `Object.create(null)`. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/**
 * Why PostgreSQL could not store or compare a text, or null. It knows no NUL character, and half a surrogate pair
 * cannot be written in UTF-8.
 */
export function textFault(text: string): string | null {
  if (text.includes('\u0000')) return 'Text may not hold the NUL character.'
  if (!text.isWellFormed()) return 'Text holds half of a surrogate pair.'
  return null
}

/**
 * Checks that a value is JSON of bounded size without dangerous keys. Walks without recursion, so that depth cannot
 * exhaust the stack.
 *
 * @throws OpsError `LIMIT_EXCEEDED` or `INVALID_QUERY`
 */
export function assertBoundedJson(input: unknown, at: OpsErrorPath): void {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: input, depth: 1 }]
  let seen = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next
    seen++
    if (seen + open.length > maxNodes) {
      throw queryFault(at, `A filter value may have at most ${maxNodes} parts.`, 'LIMIT_EXCEEDED')
    }
    if (depth > maxDepth) {
      throw queryFault(at, `A filter value may be nested at most ${maxDepth} deep.`, 'LIMIT_EXCEEDED')
    }
    if (value === null || typeof value === 'boolean') continue
    if (typeof value === 'string') {
      if (value.length > maxTextLength) {
        throw queryFault(at, `A text may have at most ${maxTextLength} characters here.`, 'LIMIT_EXCEEDED')
      }
      const fault = textFault(value)
      if (fault !== null) throw queryFault(at, fault)
    } else if (typeof value === 'number') {
      if (!Number.isFinite(value)) throw queryFault(at, 'A number must be finite.')
    } else if (Array.isArray(value)) {
      if (value.length > maxNodes) {
        throw queryFault(at, `A filter value may have at most ${maxNodes} parts.`, 'LIMIT_EXCEEDED')
      }
      for (const item of value) open.push({ value: item, depth: depth + 1 })
    } else if (isPlainObject(value)) {
      for (const key of Reflect.ownKeys(value)) {
        if (typeof key === 'symbol' || refusedKeys.has(key)) {
          throw queryFault(at, `The key ${String(key)} is not allowed.`)
        }
        const fault = textFault(key)
        if (fault !== null) throw queryFault(at, fault)
        open.push({ value: value[key], depth: depth + 1 })
      }
    } else {
      throw queryFault(at, `A filter value must be JSON, not ${typeof value}.`)
    }
  }
}
