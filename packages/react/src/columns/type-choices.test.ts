import { builtInColumnTypes } from '@opslayer/core/values'
import { expect, it } from 'vitest'
import { typeChoices } from './type-choices.ts'

it('names column types in the words of the dictionary', () => {
  const { text, rating } = builtInColumnTypes
  const choices = typeChoices([text, rating], (english) => `‹${english}›`)
  expect(choices.map(({ value, label }) => [value, label])).toEqual([
    ['text', '‹Text›'],
    ['rating', '‹Rating›'],
  ])
})
