import { say } from '../sentences/say.ts'
import type { Parsed } from './column-type.ts'
import { decimalToNumber, readDecimal } from './decimal.ts'
import type { Json } from './json.ts'
import { copyJson } from './json-value.ts'
import { quote, refuse } from './parsed.ts'

/** Reads JSON text under the bounds of {@link copyJson}; numbers that JavaScript would round are refused. */
export function parseJsonText(text: string): Parsed<Json> {
  const parsed = parsedOrNothing(text)
  if (parsed === undefined) return refuse(say('{value} is not JSON', { value: quote(text) }))
  const value = copyJson(parsed)
  if (!value.ok || everyNumberIsExact(text)) return value
  return refuse(say('it holds a number with more digits than can be kept exactly; put it into quotes'))
}

function parsedOrNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** For valid JSON only: with a quote left open, the search would take time in the square of the text. */
function everyNumberIsExact(text: string): boolean {
  if (!/\d{16}|\d\.\d{14}/.test(text)) return true
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g)) {
    if (token.startsWith('"') || token.length < 16) continue
    const decimal = readDecimal(token)
    if (decimal === null || !decimalToNumber(decimal).ok) return false
  }
  return true
}
