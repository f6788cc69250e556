import { describe, expect, it } from 'vitest'
import type { ViewDefinition } from '../data/client/views-calls.ts'
import { readView, withChanges } from './view-changes.ts'

const stored: ViewDefinition = {
  filter: null,
  sorts: [{ column: 'col_1', dir: 'asc' }],
  groupBy: [],
  columns: [],
  pinned: { left: 1, right: 0 },
  rowHeight: 'medium',
  formats: [],
}

describe('changes of a view', () => {
  it('are none once everything is as it is stored', () => {
    const changed = withChanges(stored, {}, { sorts: [], rowHeight: 'tall' })
    expect(changed).toEqual({ sorts: [], rowHeight: 'tall' })
    expect(withChanges(stored, changed, { sorts: [{ column: 'col_1', dir: 'asc' }], rowHeight: 'medium' })).toEqual({})
  })

  it('make rows be read anew only where they decide about rows', () => {
    expect(readView('viw_1', { rowHeight: 'tall', columns: [{ column: 'col_1', width: 90 }] })).toBe('viw_1')
    expect(readView('viw_1', { filter: null, rowHeight: 'tall' })).toEqual({ of: 'viw_1', filter: null })
  })
})
