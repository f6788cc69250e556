import { describe, expect, it } from 'vitest'
import type { FileColumn, ImportPlan } from '../data/client/imports-calls.ts'
import { defaultSettings } from './import-state.ts'
import { targetOf, withAllColumns, withMode, withNewColumn, withTarget } from './plan-edits.ts'

const column = (index: number, header: string): FileColumn => ({
  index,
  header,
  type: 'text',
  settings: {},
  facts: {},
  evidence: [],
  examples: [],
  match: null,
})
const email = column(0, 'Work email')
const other = column(1, '')
const empty: ImportPlan = {
  format: { kind: 'json-lines', encoding: 'utf-8', header: false },
  target: { kind: 'existing', tableId: 't' },
  columns: [],
}

describe('a plan', () => {
  it('sends a column of the file to one of the table, and to one only', () => {
    const first = withTarget(empty, email, { columnId: 'col_1' })
    expect(targetOf(first, 0)).toEqual({ columnId: 'col_1' })
    const second = withTarget(first, other, { columnId: 'col_1' })
    expect([targetOf(second, 0), targetOf(second, 1)]).toEqual(['leave', { columnId: 'col_1' }])
  })

  it('makes columns for all that it leaves out, and leaves the others alone', () => {
    const plan = withAllColumns(withTarget(empty, other, { columnId: 'col_1' }), [email, other])
    expect(plan.columns.map(({ to }) => to)).toEqual([
      { kind: 'new', name: 'Work email', type: 'text', settings: {} },
      { kind: 'existing', column: 'col_1' },
    ])
  })

  it('makes a column under the header, or under a number where there is none', () => {
    expect(withTarget(empty, email, 'new').columns[0]?.to).toMatchObject({
      kind: 'new',
      name: 'Work email',
      type: 'text',
    })
    expect(withTarget(empty, other, 'new').columns[0]?.to).toMatchObject({ name: 'Column 2' })
    expect(withTarget(withTarget(empty, email, 'new'), email, 'leave').columns).toEqual([])
  })

  it('drops settings that belonged to another type', () => {
    const plan = withTarget(empty, { ...email, settings: { decimals: 2 } }, 'new')
    expect(withNewColumn(plan, 0, { name: 'Mail' }).columns[0]?.to).toMatchObject({ settings: { decimals: 2 } })
    expect(withNewColumn(plan, 0, { type: 'email' }).columns[0]?.to).not.toHaveProperty('settings')
  })
})

it('matches rows by a column in every mode but one', () => {
  const upsert = withMode(defaultSettings, 'upsert', 'email')
  expect(upsert).toMatchObject({ mode: 'upsert', match: ['email'] })
  expect(withMode(upsert, 'create', 'email').match).toEqual([])
  expect(withMode({ ...upsert, duplicates: 'last' }, 'skip', 'email').duplicates).toBe('first')
})
