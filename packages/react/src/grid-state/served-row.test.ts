import { describe, expect, it } from 'vitest'
import { gridRow } from './served-row.ts'

const row = { id: '1', version: 1, cells: { a: null } }

describe('gridRow', () => {
  it('says of computed cells in one record what the engine says in several', () => {
    const shown = gridRow({
      ...row,
      errors: { a: { text: '#DIV/0!', message: 'It divides by zero.' } },
      states: {
        b: 'stale',
        c: { state: 'failed', code: 'RATE_LIMITED', message: 'Reoon is busy.', provider: 'Reoon' },
      },
    })
    expect(shown).toEqual({
      ...row,
      statuses: {
        a: { state: 'failed', reason: '#DIV/0!', message: 'It divides by zero.' },
        b: { state: 'stale' },
        c: { state: 'failed', reason: 'Reoon is busy.', message: 'Reoon is busy.', provider: 'Reoon' },
      },
    })
  })

  it('leaves a row alone that has nothing to say', () => {
    expect(gridRow(row)).toBe(row)
  })
})
