import { say } from '../sentences/say.ts'
import { textFault } from './cell-bounds.ts'
import { plainDecimal } from './decimal.ts'
import { emptyCell, refuse } from './parsed.ts'

/** Text, nothing, or the reason why there is none; fits wherever a `Parsed` of any type is asked for. */
export type TextInput =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: true; readonly value: null }
  | { readonly ok: false; readonly reason: string }

/** A `Date` with a real moment in it, or `null`; does not trip over proxies and foreign objects. */
export function dateInput(input: unknown): Date | null {
  try {
    return input instanceof Date && Number.isFinite(input.getTime()) ? input : null
  } catch {
    return null
  }
}

function found(value: string): TextInput {
  return { ok: true, value }
}

/**
 * The text of an input that is text, a number, true/false or a `Date`; empty for `null` and `undefined`.
 * Refuses what no cell can hold (NUL, lone surrogates, over 1 MB) and what has no text (objects, lists, symbols).
 */
export function inputText(input: unknown): TextInput {
  switch (typeof input) {
    case 'undefined':
      return emptyCell
    case 'string': {
      const fault = textFault(input)
      return fault === null ? found(input) : refuse(fault)
    }
    case 'number':
      return Number.isFinite(input)
        ? found(plainDecimal(input))
        : refuse(say('{value} is not a number that can be kept', { value: String(input) }))
    case 'bigint':
      return found(String(input))
    case 'boolean':
      return found(String(input))
    case 'object': {
      if (input === null) return emptyCell
      const date = dateInput(input)
      return date === null ? refuse(say('it is a list or an object, not text')) : found(date.toISOString())
    }
    case 'symbol':
    case 'function':
      return refuse(say('it is a {type}, not text', { type: typeof input }))
  }
}

/**
 * Like {@link inputText}, trimmed, with the empty text as an empty cell.
 *
 * @param limit the most UTF-16 units, so that later steps can be simple about their cost
 */
export function shortInputText(input: unknown, limit = 1_000): TextInput {
  const text = inputText(input)
  if (!text.ok || text.value === null) return text
  const trimmed = text.value.trim()
  if (trimmed === '') return emptyCell
  return trimmed.length > limit
    ? refuse(say('it is longer than {#count} characters', { count: limit }))
    : found(trimmed)
}
