import { expect, test } from 'vitest'
import { parseWith } from '../testing/parse-with.ts'
import { ratingType } from './rating.ts'

test.each([
  ['★★☆☆☆', 2],
  ['⭐⭐⭐', 3],
  ['3 stars', 3],
  ['3 of 5', 3],
  ['☆☆☆☆☆', null],
])('reads %s as %s', (input, value) => {
  expect(parseWith(ratingType, input)).toBe(value)
})

test.each(['-1', '3/10', 'good', '2,5', '★'.repeat(6)])('refuses %s', (input) => {
  expect(parseWith(ratingType, input)).toBeInstanceOf(Error)
})
