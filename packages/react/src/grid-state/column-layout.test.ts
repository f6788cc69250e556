import { builtInColumnTypes } from '@opslayer/core/values'
import { describe, expect, it } from 'vitest'
import { clampColumnWidth, columnLayout, mostVisibleColumns, moveColumn } from './column-layout.ts'
import type { GridColumn } from './grid-column.ts'

const column = (id: string, more: Partial<GridColumn> = {}): GridColumn => ({
  id,
  key: id,
  name: id,
  type: builtInColumnTypes.text,
  settings: {},
  width: 100,
  ...more,
})
const wide = { viewportPx: 1_400, gutterPx: 60 }
const ids = (columns: readonly GridColumn[]) => columns.map(({ id }) => id).join('')

describe('columnLayout', () => {
  it('puts pinned columns at the edges and counts on through all panes', () => {
    const layout = columnLayout([column('a'), column('b', { pinned: 'end' }), column('c', { pinned: 'start' })], wide)
    expect(layout.columns.map(({ column, place, pane, startPx }) => [column.id, place, pane, startPx])).toEqual([
      ['c', 0, 'start', 60],
      ['a', 1, 'center', 0],
      ['b', 2, 'end', 0],
    ])
    expect(layout.panes).toEqual({
      start: { first: 0, count: 1, widthPx: 160 },
      center: { first: 1, count: 1, widthPx: 100 },
      end: { first: 2, count: 1, widthPx: 100 },
    })
  })

  it('lets pinned columns scroll where they would leave too little, those at the end first', () => {
    const columns = [column('a', { pinned: 'start', width: 150 }), column('b'), column('c', { pinned: 'end' })]
    const panes = (viewportPx: number) =>
      columnLayout(columns, { viewportPx, gutterPx: 40 })
        .columns.map(({ pane }) => pane)
        .join(' ')
    expect(panes(900)).toBe('start center end')
    expect(panes(390)).toBe('start center center')
    expect(panes(200)).toBe('center center center')
  })

  it('keeps widths within bounds', () => {
    expect(clampColumnWidth(3)).toBe(56)
    expect(clampColumnWidth(1e9)).toBe(1_600)
    expect(clampColumnWidth(99.6)).toBe(100)
  })
})

describe('moveColumn', () => {
  const layout = columnLayout(
    [column('a', { pinned: 'start' }), column('b'), column('c'), column('d', { pinned: 'end' })],
    wide,
  )

  it('puts a column elsewhere', () => {
    expect(ids(moveColumn(layout, 1, 2))).toBe('acbd')
    expect(ids(moveColumn(layout, 2, 1))).toBe('acbd')
    expect(ids(moveColumn(layout, 1, 9))).toBe('abcd')
  })

  it('pins what is put between pinned columns, and frees what is taken out', () => {
    expect(moveColumn(layout, 2, 0)[0]).toMatchObject({ id: 'c', pinned: 'start' })
    expect(moveColumn(layout, 0, 1)[1]).toMatchObject({ id: 'a', pinned: null })
    expect(moveColumn(layout, 1, 3)[3]).toMatchObject({ id: 'b', pinned: 'end' })
  })
})

describe('mostVisibleColumns', () => {
  it('counts columns of which only a sliver is in sight', () => {
    expect(mostVisibleColumns([100, 100, 100, 100, 100], 200)).toBe(3)
    expect(mostVisibleColumns([100, 100], 500)).toBe(2)
    expect(mostVisibleColumns([], 500)).toBe(0)
    expect(mostVisibleColumns([500, 50, 50, 50, 500], 200)).toBe(5)
  })
})
