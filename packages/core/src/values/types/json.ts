import * as z from 'zod'
import { say } from '../../sentences/say.ts'
import { textFault } from '../cell-bounds.ts'
import { compareCodePoints } from '../code-points.ts'
import { defineColumnType, type Parsed } from '../column-type.ts'
import type { Json } from '../json.ts'
import { jsonOperators } from '../json-operators.ts'
import { parseJsonText } from '../json-parse.ts'
import { jsonbText } from '../json-text.ts'
import { copyJson } from '../json-value.ts'
import { emptyCell, quote, refuse } from '../parsed.ts'

const settings = z.strictObject({})
type JsonSettings = z.infer<typeof settings>

function parse(input: unknown): Parsed<Json> {
  if (input === undefined || input === null) return emptyCell
  if (typeof input === 'string' && input.trim() === '') return emptyCell
  const fault = typeof input === 'string' ? textFault(input) : null
  if (fault !== null) return refuse(fault)
  const value = typeof input === 'string' ? parseJsonText(input) : copyJson(input)
  if (!value.ok || value.value === null) return value
  if (isHollow(value.value)) return emptyCell
  if (typeof value.value !== 'string') return value
  return refuse(
    say('{value} is a bare text; use a text column, or put it into a list or an object', { value: quote(value.value) }),
  )
}

function isHollow(value: NonNullable<Json>): boolean {
  return typeof value === 'object' && Object.keys(value).length === 0
}

/** A list or an object, or a single number or true/false; a bare text belongs into a text column. `[]` and `{}` are empty cells. */
export const jsonType = defineColumnType<JsonSettings, Json>({
  id: 'json',
  label: 'JSON',
  description: 'Structured data, such as the answer of a service.',
  storage: 'jsonb',
  sort: 'none',
  settings,
  parse,
  format: (value) => JSON.stringify(value),
  toCsv: (value) => JSON.stringify(value),
  compare: (a, b) => compareCodePoints(jsonbText(a), jsonbText(b)),
  operators: jsonOperators,
  aggregates: ['filled', 'empty', 'filled_share', 'empty_share'],
  canBeUnique: false,
  examples: [
    { input: '{"city": "Paris"}', value: { city: 'Paris' }, text: '{"city":"Paris"}' },
    { input: { tags: ['a', 'b'] }, value: { tags: ['a', 'b'] }, text: '{"tags":["a","b"]}' },
    { input: '[1, 2.50]', value: [1, 2.5], text: '[1,2.5]' },
    { input: '12', value: 12, text: '12' },
    { input: 'null', value: null, text: '' },
    { input: '[]', value: null, text: '' },
    { input: '', value: null, text: '' },
    { input: 'hello', refused: '“hello” is not JSON' },
    { input: '"hello"', refused: '“hello” is a bare text; use a text column, or put it into a list or an object' },
    { input: '{"__proto__": 1}', refused: 'it has a key named __proto__, which is not allowed' },
    {
      input: '[12345678901234567890]',
      refused: 'it holds a number with more digits than can be kept exactly; put it into quotes',
    },
  ],
})
