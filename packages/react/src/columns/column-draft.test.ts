import { describe, expect, it } from 'vitest'
import type { TableColumn } from '../data/client/tables-calls.ts'
import {
  columnChanges,
  columnInput,
  defaultFault,
  draftOf,
  formulaDraft,
  plainDraft,
  withType,
} from './column-draft.ts'

const score: TableColumn = {
  id: 'col_1',
  key: 'score',
  name: 'Score',
  description: '',
  type: 'number',
  settings: { decimals: null, grouping: true },
  defaultValue: 50,
  defaultFormula: null,
  formula: null,
  fill: null,
  rule: { formula: '@score >= 0', message: 'Score must be at least 0' },
  unique: false,
  locked: false,
  hidden: false,
}

describe('a column to be made', () => {
  it('is sent with what was filled in, and nothing else', () => {
    const draft = { ...plainDraft('currency'), name: ' Amount ' }
    expect(columnInput(draft)).toEqual({ name: 'Amount', type: 'currency', settings: { code: 'USD', decimals: null } })
    expect(columnInput({ ...formulaDraft(), name: 'Value', formula: '@a * 2' })).toEqual({
      name: 'Value',
      formula: '@a * 2',
    })
  })

  it('has either a default value or a default formula', () => {
    const draft = { ...plainDraft('date'), name: 'Due', defaultValue: '1 May', defaultFormula: 'TODAY()' }
    expect(columnInput({ ...draft, start: 'value' })).toMatchObject({ defaultValue: '1 May' })
    expect(columnInput({ ...draft, start: 'formula' })).not.toHaveProperty('defaultValue')
    expect(columnInput({ ...draft, start: 'empty' })).not.toHaveProperty('defaultFormula')
  })

  it('loses what another type cannot have', () => {
    const draft = { ...plainDraft('text'), unique: true }
    expect(withType(draft, 'email').unique).toBe(true)
    expect(withType(draft, 'checkbox').unique).toBe(false)
  })

  it('says why its default cannot be read', () => {
    const context = { locale: 'en-US', timeZone: 'UTC', now: new Date(0) }
    const draft = { ...plainDraft('number'), start: 'value' as const }
    expect(defaultFault({ ...draft, defaultValue: 'about 5' }, context)).toBe('“about 5” is not a number')
    expect(defaultFault({ ...draft, defaultValue: '1,234.5' }, context)).toBeUndefined()
  })
})

describe('a column that is there', () => {
  it('changes by what is different alone', () => {
    const draft = draftOf(score)
    expect(columnChanges(draft, score)).toEqual({})
    expect(columnChanges({ ...draft, name: 'Lead score' }, score)).toEqual({ name: 'Lead score' })
    expect(columnChanges({ ...draft, start: 'empty' }, score)).toEqual({ defaultValue: null, defaultFormula: null })
    expect(columnChanges({ ...draft, hasRule: false }, score)).toEqual({ rule: null })
  })

  it('keeps settings of another type out: those go with the retype', () => {
    expect(columnChanges(withType(draftOf(score), 'rating'), score)).toEqual({})
  })
})
