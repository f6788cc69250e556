import { builtInColumnTypes } from '@opslayer/core/values'
import { expect, it } from 'vitest'
import { memoryRows } from '../grid-state/memory-rows.ts'
import { addRange, selectRange } from '../grid-state/selection.ts'
import { createGrid } from './controller/create-grid.ts'
import { plainGrid } from './controller/testing/plain-grid.ts'
import { gridActions } from './grid-actions.ts'

function gridOf(rowCount: number) {
  const { text } = builtInColumnTypes
  const columns = ['a', 'b'].map((id) => ({ id, key: id, name: id, type: text, settings: text.settings.parse({}) }))
  const rows = Array.from({ length: rowCount }, (_, n) => ({ id: `r${n}`, version: 1, cells: {} }))
  return createGrid(plainGrid(memoryRows(rows), columns))
}

it('gives each selected row once, in order, however often it is selected', async () => {
  const grid = gridOf(10)
  const actions = gridActions(grid, null)
  expect([actions.selectedRowCount(), await actions.selectedRows()]).toEqual([0, []])
  const later = selectRange({ line: 4, column: 0 }, { line: 6, column: 0 })
  const both = addRange(later, { line: 5, column: 1 }, { line: 7, column: 1 })
  grid.store.set({ selection: addRange(both, { line: 1, column: 0 }) })
  expect(actions.selectedRowCount()).toBe(5)
  expect((await actions.selectedRows()).map(({ id }) => id)).toEqual(['r1', 'r4', 'r5', 'r6', 'r7'])
})
