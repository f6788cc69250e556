import { describe, expect, it } from 'vitest'
import { testTable } from '../query/testing/physical-table.ts'
import { builtInColumnTypes } from '../values/built-in-types.ts'
import { formulaColumnOf } from './formula-column.ts'
import { resultAs } from './plan-formulas.ts'
import { checked } from './testing/formula-databases.ts'

const columns = testTable(
  Object.entries(builtInColumnTypes).map(([key, type]) => ({ key, type, settings: { ...settingsOf(key) } })),
).columns.map(formulaColumnOf)

function settingsOf(key: string): object {
  return key === 'tags' || key === 'dropdown' ? { options: [{ id: 'a', name: 'Alpha' }] } : {}
}

describe('columns in formulas', () => {
  it.each([
    ['text', 'text'],
    ['long_text', 'text'],
    ['number', 'number'],
    ['currency', 'number'],
    ['percent', 'number'],
    ['checkbox', 'boolean'],
    ['date', 'date'],
    ['datetime', 'datetime'],
    ['duration', 'duration'],
    ['email', 'text'],
    ['phone', 'text'],
    ['url', 'text'],
    ['linkedin', 'text'],
    ['person', 'text'],
    ['company', 'text'],
    ['status', 'text'],
    ['dropdown', 'text'],
    ['tags', 'list<text>'],
    ['rating', 'number'],
    ['json', 'json'],
  ])('of type %s are %s', (key, type) => {
    const column = columns.find((each) => each.key === key)
    expect(column?.type).toBe(type)
    expect(checked(`@${key}`, { columns }).type).toBe(type)
    expect(column?.options !== undefined).toBe(['status', 'dropdown', 'tags'].includes(key))
  })

  it('give results under the type that is wanted, where that happens by itself', () => {
    expect(resultAs(checked('@number > 5', { columns }), 'boolean')?.type).toBe('boolean')
    expect(resultAs(checked('@number', { columns }), 'text')?.type).toBe('text')
    expect(resultAs(checked('BLANK()'), 'duration')?.type).toBe('duration')
    expect(resultAs(checked('@text', { columns }), 'number')).toBeNull()
  })
})
