import { expect, it } from 'vitest'
import { editDistance } from './edit-distance.ts'

it.each([
  ['score', 'score', 0],
  ['scroe', 'score', 1],
  ['scor', 'score', 1],
  ['stage', 'state', 1],
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
])('counts the edits from %s to %s', (a, b, edits) => {
  expect(editDistance(a, b)).toBe(edits)
  expect(editDistance(b, a)).toBe(edits)
  expect(editDistance(a, b, edits)).toBe(edits)
})

it('says only that a limit is passed', () => {
  expect(editDistance('kitten', 'sitting', 2)).toBe(Number.POSITIVE_INFINITY)
  expect(editDistance('ab', 'abcdef', 3)).toBe(Number.POSITIVE_INFINITY)
})
