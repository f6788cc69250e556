import type { Parsed } from './column-type.ts'
import { decimalToNumber, readDecimal } from './decimal.ts'
import type { Json } from './json.ts'
import { copyJson } from './json-value.ts'
import { quote, refuse } from './parsed.ts'

/** Reads JSON text under the bounds of {@link copyJson}; numbers that JavaScript would round are refused. */
export function parseJsonText(text: string): Parsed<Json> {
  if (!everyNumberIsExact(text)) {
    return refuse('it holds a number with more digits than can be kept exactly; put it into quotes')
  }
  try {
    return copyJson(JSON.parse(text))
  } catch {
    return refuse(`${quote(text)} is not JSON`)
  }
}

/** Looks at digits outside of quotes only; text that is not JSON may pass. */
function everyNumberIsExact(text: string): boolean {
  if (!/\d{16}|\d\.\d{14}/.test(text)) return true
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs)) {
    if (token.startsWith('"') || token.length < 16) continue
    const decimal = readDecimal(token)
    if (decimal === null || !decimalToNumber(decimal).ok) return false
  }
  return true
}
