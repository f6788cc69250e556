import * as z from 'zod'
import { compareCodePoints } from '../../values/code-points.ts'
import { defineColumnType } from '../../values/column-type.ts'
import { defineOperator } from '../../values/operator.ts'

const none = z.strictObject({})
const noOperand = () => z.undefined()

/** Text ordered by code point: a column type small enough to pin SQL on. */
export const tinyText = defineColumnType<object, string>({
  id: 'tiny_text',
  label: 'Text',
  description: 'Text.',
  storage: 'text',
  sort: 'value',
  settings: none,
  parse: (input) => (typeof input === 'string' ? { ok: true, value: input } : { ok: false, reason: 'it is no text' }),
  format: (value) => value,
  toCsv: (value) => value,
  compare: compareCodePoints,
  operators: [
    defineOperator<object, string, string>({
      id: 'is',
      label: 'is',
      operandKind: 'text',
      operand: () => z.string('Write a text.'),
      predicate: (value) => ({ kind: 'compare', op: '=', value }),
      test: (value, operand) => value === operand,
    }),
    defineOperator<object, string, string>({
      id: 'contains',
      label: 'contains',
      operandKind: 'text',
      operand: () => z.string('Write a text.'),
      predicate: (value) => ({ kind: 'text', match: 'contains', value }),
      test: (value, operand) => value?.toLowerCase().includes(operand.toLowerCase()) ?? false,
    }),
    defineOperator<object, string, undefined>({
      id: 'is_empty',
      label: 'is empty',
      operandKind: 'none',
      operand: noOperand,
      predicate: () => ({ kind: 'empty' }),
      test: (value) => value === null,
    }),
  ],
  aggregates: ['filled', 'unique'],
  canBeUnique: true,
  examples: [],
})

/** Numbers. */
export const tinyNumber = defineColumnType<object, number>({
  id: 'tiny_number',
  label: 'Number',
  description: 'A number.',
  storage: 'numeric',
  sort: 'value',
  settings: none,
  parse: (input) => {
    const value = Number(input)
    return Number.isFinite(value) ? { ok: true, value } : { ok: false, reason: 'it is no number' }
  },
  format: String,
  toCsv: String,
  compare: (a, b) => a - b,
  operators: [
    defineOperator<object, number, number>({
      id: 'gt',
      label: 'is more than',
      operandKind: 'value',
      operand: () => z.number('Write a number.'),
      predicate: (value) => ({ kind: 'compare', op: '>', value }),
      test: (value, operand) => value !== null && value > operand,
    }),
    defineOperator<object, number, readonly number[]>({
      id: 'any_of',
      label: 'is any of',
      operandKind: 'values',
      operand: () => z.array(z.number()),
      predicate: (values) => ({ kind: 'in', values }),
      test: (value, operand) => value !== null && operand.includes(value),
    }),
  ],
  aggregates: ['sum', 'avg', 'median', 'min', 'max', 'range', 'filled', 'unique'],
  canBeUnique: true,
  examples: [],
})
