import { builtInColumnTypes as types } from '@opslayer/core/values'
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
  typeFault: null,
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
    const draft = { ...plainDraft('currency', types), name: ' Amount ' }
    expect(columnInput(draft)).toEqual({ name: 'Amount', type: 'currency', settings: { code: 'USD', decimals: null } })
    expect(columnInput({ ...formulaDraft(), name: 'Value', formula: '@a * 2' })).toEqual({
      name: 'Value',
      formula: '@a * 2',
    })
  })

  it('has either a default value or a default formula', () => {
    const draft = { ...plainDraft('date', types), name: 'Due', defaultValue: '1 May', defaultFormula: 'TODAY()' }
    expect(columnInput({ ...draft, start: 'value' })).toMatchObject({ defaultValue: '1 May' })
    expect(columnInput({ ...draft, start: 'formula' })).not.toHaveProperty('defaultValue')
    expect(columnInput({ ...draft, start: 'empty' })).not.toHaveProperty('defaultFormula')
  })

  it('loses what another type cannot have', () => {
    const draft = { ...plainDraft('text', types), unique: true }
    expect(withType(draft, 'email', types).unique).toBe(true)
    expect(withType(draft, 'checkbox', types).unique).toBe(false)
  })

  it('says why its default cannot be read', () => {
    const context = { locale: 'en-US', timeZone: 'UTC', now: new Date(0) }
    const draft = { ...plainDraft('number', types), start: 'value' as const }
    expect(defaultFault({ ...draft, defaultValue: 'about 5' }, context, types)).toBe('“about 5” is not a number')
    expect(defaultFault({ ...draft, defaultValue: '1,234.5' }, context, types)).toBeUndefined()
  })
})

describe('a column that is there', () => {
  it('changes by what is different alone', () => {
    const draft = draftOf(score, types)
    expect(columnChanges(draft, score, types)).toEqual({})
    expect(columnChanges({ ...draft, name: 'Lead score' }, score, types)).toEqual({ name: 'Lead score' })
    expect(columnChanges({ ...draft, start: 'empty' }, score, types)).toEqual({
      defaultValue: null,
      defaultFormula: null,
    })
    expect(columnChanges({ ...draft, hasRule: false }, score, types)).toEqual({ rule: null })
  })

  it('keeps settings of another type out: those go with the retype', () => {
    expect(columnChanges(withType(draftOf(score, types), 'rating', types), score, types)).toEqual({})
  })
})
