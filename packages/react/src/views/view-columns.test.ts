import { builtInColumnTypes } from '@opslayer/core/values'
import { describe, expect, it } from 'vitest'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { arrangedColumns, gridColumnsOf, withColumn, withGridColumns } from './view-columns.ts'

const column = (id: string, hidden = false): TableColumn => ({
  id,
  key: id,
  name: id,
  description: '',
  type: 'text',
  typeFault: null,
  settings: {},
  defaultValue: null,
  defaultFormula: null,
  formula: null,
  fill: null,
  rule: null,
  unique: false,
  locked: false,
  hidden,
})
const columns = [column('a'), column('b'), column('c', true), column('d')]
const none = { columns: [], pinned: { left: 1, right: 0 } }

describe('columns of a view', () => {
  it('stand in its order, those that it does not list after them, each as visible as in the table', () => {
    const shown = gridColumnsOf(
      columns,
      { columns: [{ column: 'd', width: 90 }], pinned: { left: 1, right: 1 } },
      builtInColumnTypes,
    )
    expect(shown.map(({ id, width, pinned }) => [id, width, pinned])).toEqual([
      ['d', 90, 'start'],
      ['a', undefined, null],
      ['b', undefined, 'end'],
    ])
    const withHidden = arrangedColumns(columns, withColumn(columns, none, 'c', { visible: true }))
    expect(withHidden.every(({ isVisible }) => isVisible)).toBe(true)
  })

  it('keep the place of hidden ones when the grid moves, sizes and pins the others', () => {
    const [a, b, d] = gridColumnsOf(columns, none, builtInColumnTypes)
    if (a === undefined || b === undefined || d === undefined) throw new Error('There are three columns.')
    const next = withGridColumns(columns, none, [{ ...d, pinned: 'start' }, { ...a, width: 120.4 }, b])
    expect(next.pinned).toEqual({ left: 2, right: 0 })
    expect(next.columns).toEqual([{ column: 'd' }, { column: 'a', width: 120 }, { column: 'b' }, { column: 'c' }])
  })

  it('leave out what the table no longer has', () => {
    expect(
      gridColumnsOf(columns, { ...none, columns: [{ column: 'gone' }] }, builtInColumnTypes).map(({ id }) => id),
    ).toEqual(['a', 'b', 'd'])
  })
})
