import { expect, it } from 'vitest'
import { builtInRegistry } from './built-in-functions.ts'
import { completeFormula } from './complete-formula.ts'
import { describeFunctions } from './describe-functions.ts'

const sources = {
  columns: [
    { key: 'score', name: 'Lead score' },
    { key: 'stage', name: 'Stage' },
    { key: 'wide', name: 'Wide } brace' },
  ],
  functions: describeFunctions(builtInRegistry),
}

function inserts(text: string): readonly string[] {
  return completeFormula(text, text.length, sources).items.map(({ insert }) => insert)
}

it('offers columns behind @, by key and by name', () => {
  expect(inserts('1 + @s')).toEqual(['@score', '@stage'])
  expect(inserts('@lead')).toEqual(['@score'])
  expect(inserts('@{br')).toEqual(['@{Wide }} brace}'])
  expect(inserts('@')).toHaveLength(3)
})

it('offers functions that begin with the word first', () => {
  expect(inserts('ROU')[0]).toBe('ROUND(')
  expect(completeFormula('SUM(rou', 7, sources).start).toBe(4)
  expect(inserts('zzzz')).toEqual([])
})

it('offers nothing inside of texts', () => {
  expect(inserts('"@s')).toEqual([])
  expect(inserts('"say ""@s')).toEqual([])
  expect(inserts('"done" & @s')).toEqual(['@score', '@stage'])
})
