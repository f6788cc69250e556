import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinList, splitList } from './tag-list.ts'

test.each([
  ['a, b;c|d\ne', ['a', 'b', 'c', 'd', 'e']],
  ['"a, b" , c', ['a, b', 'c']],
  ['"a" b, c', ['"a" b', 'c']],
  ['"a, b', ['"a', 'b']],
  [' , ;', []],
  ['say ""hi""', ['say ""hi""']],
])('%j splits into %j', (text, parts) => {
  expect(splitList(text)).toEqual(parts)
})

test('reads back what it joins', () => {
  const part = fc.string({ unit: fc.constantFrom(...'ab ,;|"') }).filter((text) => text !== '' && text.trim() === text)
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      expect(splitList(joinList(parts))).toEqual(parts)
    }),
  )
})

test.each(['\n', '"', '"a,', '"",', ' ', '",'])('takes a megabyte of %j in its stride', (unit) => {
  const started = performance.now()
  splitList(unit.repeat(1_000_000 / unit.length))
  expect(performance.now() - started).toBeLessThan(2_000)
})
