import { say } from '../sentences/say.ts'
import { maxCellBytes, textFault, utf8Bytes } from './cell-bounds.ts'
import type { Parsed } from './column-type.ts'
import { boundedNumber } from './decimal.ts'
import { dateInput } from './input-text.ts'
import type { Json } from './json.ts'
import { accept, refuse } from './parsed.ts'

/** How deep lists and objects may be nested. */
const maxJsonDepth = 100

const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

class JsonFault extends Error {}

/**
 * Copies any JavaScript value into plain JSON that jsonb can hold, or says why not. Properties that are `undefined`
 * are left out; dates become ISO text. Cyclic values end at the depth limit.
 */
export function copyJson(input: unknown): Parsed<Json> {
  try {
    // a cell of 1 MB has fewer parts than this; shared parts of a graph could be counted without end
    const budget = { parts: maxCellBytes }
    const value = copy(input, 0, budget)
    if (utf8Bytes(JSON.stringify(value)) > maxCellBytes) return refuse(say('it is longer than a cell can be (1 MB)'))
    return accept(value)
  } catch (error) {
    return refuse(error instanceof JsonFault ? error.message : say('it is not plain data'))
  }
}

function copy(input: unknown, depth: number, budget: { parts: number }): Json {
  if (--budget.parts < 0) throw new JsonFault(say('it is longer than a cell can be (1 MB)'))
  if (depth > maxJsonDepth)
    throw new JsonFault(say('it is nested deeper than {#count} levels', { count: maxJsonDepth }))
  switch (typeof input) {
    case 'string':
      return checkedText(input)
    case 'number':
      return checkedNumber(input)
    case 'boolean':
      return input
    case 'object':
      break
    default:
      throw new JsonFault(say('it holds a {type}, which JSON does not know', { type: typeof input }))
  }
  if (input === null) return null
  if (Array.isArray(input)) {
    if (input.length > budget.parts) throw new JsonFault(say('it is longer than a cell can be (1 MB)'))
    return Array.from(input, (item: unknown) => copy(item ?? null, depth + 1, budget))
  }
  const date = dateInput(input)
  if (date !== null) return date.toISOString()
  const prototype: unknown = Object.getPrototypeOf(input)
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw new JsonFault(say('it is not plain data'))
  return copyObject(input, depth, budget)
}

function copyObject(input: object, depth: number, budget: { parts: number }): Json {
  const result: Record<string, Json> = {}
  for (const [key, value] of Object.entries(input)) {
    if (value === undefined) continue
    if (forbiddenKeys.has(key)) throw new JsonFault(say('it has a key named {key}, which is not allowed', { key }))
    result[checkedText(key)] = copy(value, depth + 1, budget)
  }
  return result
}

function checkedNumber(value: number): number {
  const number = boundedNumber(value)
  if (!number.ok)
    throw new JsonFault(say('it holds a number that cannot be kept: {~reason}', { reason: number.reason }))
  return number.value ?? 0
}

function checkedText(text: string): string {
  const fault = textFault(text)
  if (fault !== null) throw new JsonFault(fault)
  return text
}
