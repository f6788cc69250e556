import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'

const names = ['name', 'email', 'score', 'stage']

test.each(['scor', 'scoree', 'scare', 'scroe', 'SCORE', 'socre'])(
  'nearest takes "%s" for a slip of "score"',
  (wrong) => {
    expect(nearest(wrong, names)).toBe(' Did you mean "score"?')
  },
)

test('nearest lists what there is when nothing is near', () => {
  expect(nearest('company', names)).toBe(' There is "name", "email", "score", "stage".')
  expect(nearest('x', [])).toBe('')
})
