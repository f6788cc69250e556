import { describe, expect, it } from 'vitest'
import { createPendingEdits } from './pending-edits.ts'

const row = { id: 'a', version: 1, cells: { name: 'Ada', size: 1 } }

describe('createPendingEdits', () => {
  it('shows edits until they end, the later over the earlier', () => {
    const pending = createPendingEdits()
    const endFirst = pending.begin([{ rowId: 'a', cells: { name: 'B', size: 2 } }])
    const endSecond = pending.begin([{ rowId: 'a', cells: { name: 'C' } }])
    expect(pending.apply(row).cells).toEqual({ name: 'C', size: 2 })
    endFirst()
    expect(pending.apply(row).cells).toEqual({ name: 'C', size: 1 })
    endSecond()
    endSecond()
    expect(pending.apply(row)).toBe(row)
    expect(pending.size).toBe(0)
  })

  it('gives the same object while nothing changes, and leaves other rows alone', () => {
    const pending = createPendingEdits()
    pending.begin([{ rowId: 'a', cells: { name: 'B' } }])
    expect(pending.apply(row)).toBe(pending.apply(row))
    const other = { ...row, id: 'b' }
    expect(pending.apply(other)).toBe(other)
  })

  it('takes the warning of a cell away with the cell', () => {
    const pending = createPendingEdits()
    pending.begin([{ rowId: 'a', cells: { size: 2 } }])
    const warned = {
      ...row,
      warnings: { size: { message: 'no', original: 'x' }, name: { message: 'no', original: 'y' } },
    }
    expect(Object.keys(pending.apply(warned).warnings ?? {})).toEqual(['name'])
  })
})
