import { expect, it } from 'vitest'
import { durationText } from './duration-text.ts'

it.each([
  [200, '1 sec'],
  [40_000, '40 sec'],
  [170_000, '3 min'],
  [7_200_000, '2 hr'],
])('says %i ms as %s', (ms, text) => {
  expect(durationText(ms, 'en-US')).toBe(text)
})
