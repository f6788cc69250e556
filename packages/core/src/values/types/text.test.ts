import { expect, test } from 'vitest'
import { parseWith } from '../testing/parse-with.ts'
import { textType } from './text.ts'

test('takes a megabyte and refuses one byte more', () => {
  expect(parseWith(textType, 'é'.repeat(500_000))).toHaveLength(500_000)
  expect(parseWith(textType, `${'é'.repeat(500_000)}a`)).toEqual(new Error('it is longer than a cell can be (1 MB)'))
})

test('writes numbers without an exponent', () => {
  expect(parseWith(textType, 1e21)).toBe('1000000000000000000000')
  expect(parseWith(textType, 123n)).toBe('123')
})

test('orders naturally', () => {
  const compare = (a: string, b: string) => Math.sign(textType.compare(a, b, {}))
  expect(compare('file 9', 'File 10')).toBe(-1)
  expect(compare('Émile', 'emile')).toBe(0)
})
