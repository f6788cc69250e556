import { expect, it } from 'vitest'
import { jsonRecordSchema } from './json-input.ts'

it.each([
  ['NUL', { a: ['x\0'] }],
  ['half a character', { a: { b: '\ud800' } }],
  ['NUL in a name', { 'a\0': 1 }],
  ['NUL in a name within', { a: { 'b\0': 1 } }],
])('JSON with %s cannot be kept', (_, given) => {
  expect(jsonRecordSchema.safeParse(given).success).toBe(false)
})

it('JSON may hold what only looks like an escape', () => {
  const given = { path: 'C:\\udata', text: '\\u0000', face: '😀' }
  expect(jsonRecordSchema.parse(given)).toEqual(given)
})
