import { describe, expect, it } from 'vitest'
import {
  addRange,
  clipSelection,
  extendSelection,
  isLineSelected,
  isSelected,
  isSingleCell,
  nextInSelection,
  selectAll,
  selectCell,
  selectColumns,
  selectLines,
  selectRange,
  spliceSelection,
  toggleLine,
} from './selection.ts'

const at = (line: number, column: number) => ({ line, column })
const extent = { lines: 10, columns: 5 }

describe('selecting', () => {
  it('extends from the anchor in every direction', () => {
    const selection = selectCell(at(4, 2))
    expect(extendSelection(selection, at(2, 4)).ranges).toEqual([{ top: 2, bottom: 4, left: 2, right: 4 }])
    const back = extendSelection(extendSelection(selection, at(2, 4)), at(6, 0))
    expect(back.ranges).toEqual([{ top: 4, bottom: 6, left: 0, right: 2 }])
    expect(back.active).toEqual(at(4, 2))
  })

  it('adds ranges and extends only the last', () => {
    const selection = extendSelection(addRange(selectRange(at(0, 0), at(1, 1)), at(5, 3)), at(6, 4))
    expect(selection.ranges).toEqual([
      { top: 0, bottom: 1, left: 0, right: 1 },
      { top: 5, bottom: 6, left: 3, right: 4 },
    ])
    expect(isSelected(selection, 1, 1)).toBe(true)
    expect(isSelected(selection, 2, 2)).toBe(false)
    expect(isSingleCell(selection)).toBe(false)
  })

  it('takes whole lines, columns and everything, and keeps the active cell where it can', () => {
    expect(selectLines(3, 4, at(3, 2), extent)).toMatchObject({
      active: at(3, 2),
      ranges: [{ top: 3, bottom: 4, left: 0, right: 4 }],
    })
    expect(selectColumns(1, 2, at(7, 0), extent)).toMatchObject({
      active: at(7, 1),
      ranges: [{ top: 0, bottom: 9, left: 1, right: 2 }],
    })
    expect(selectAll(at(7, 2), extent)).toMatchObject({
      active: at(7, 2),
      ranges: [{ top: 0, bottom: 9, left: 0, right: 4 }],
    })
    expect(isLineSelected(selectLines(3, 4, at(3, 0), extent), 4, extent)).toBe(true)
    expect(isLineSelected(selectCell(at(3, 0)), 3, extent)).toBe(false)
  })
})

describe('lines that are ticked', () => {
  const lines = (top: number, bottom: number) => ({ top, bottom, left: 0, right: 4 })

  it('come one by one, in place of what was selected otherwise', () => {
    const one = toggleLine(selectCell(at(1, 2)), at(3, 2), extent)
    expect(one).toEqual(selectLines(3, 3, at(3, 2), extent))
    expect(toggleLine(one, at(7, 2), extent)).toMatchObject({ active: at(7, 2), ranges: [lines(3, 3), lines(7, 7)] })
  })

  it('go again, out of the middle of others too, and leave the active cell in the last of them', () => {
    const three = selectLines(2, 4, at(2, 1), extent)
    const split = toggleLine(three, at(3, 1), extent)
    expect(split).toMatchObject({ active: at(4, 1), anchor: at(4, 0), head: at(4, 4) })
    expect(split.ranges).toEqual([lines(2, 2), lines(4, 4)])
    const one = toggleLine(split, at(4, 1), extent)
    expect(one).toEqual(selectLines(2, 2, at(2, 1), extent))
    expect(toggleLine(one, at(2, 1), extent)).toEqual(selectCell(at(2, 1)))
  })
})

describe('what happens around a selection', () => {
  it('stays inside a grid that became smaller', () => {
    const selection = selectRange(at(8, 4), at(9, 4))
    expect(clipSelection(selection, { lines: 9, columns: 5 })?.ranges).toEqual([
      { top: 8, bottom: 8, left: 4, right: 4 },
    ])
    expect(clipSelection(selection, { lines: 3, columns: 2 })).toEqual(selectCell(at(2, 1)))
    expect(clipSelection(selection, { lines: 0, columns: 2 })).toBeNull()
  })

  it('moves with its rows when others come or go above', () => {
    const selection = selectRange(at(4, 1), at(6, 2))
    expect(spliceSelection(selection, 0, 0, 3)).toMatchObject({ active: at(7, 1), ranges: [{ top: 7, bottom: 9 }] })
    expect(spliceSelection(selection, 1, 2, 0)).toMatchObject({ active: at(2, 1), ranges: [{ top: 2, bottom: 4 }] })
    expect(spliceSelection(selection, 8, 1, 4)).toEqual(selection)
  })

  it('shrinks when rows in it go, and is one cell when all of them went', () => {
    const selection = selectRange(at(4, 1), at(6, 2))
    expect(spliceSelection(selection, 6, 2, 0).ranges).toEqual([{ top: 4, bottom: 5, left: 1, right: 2 }])
    expect(spliceSelection(selection, 3, 9, 0)).toEqual(selectCell(at(3, 1)))
  })
})

describe('nextInSelection', () => {
  it('leaves a single cell to the grid', () => {
    expect(nextInSelection(selectCell(at(1, 1)), 'column', 1)).toBeNull()
  })

  it('goes line by line with Tab and column by column with Enter, and round', () => {
    const selection = selectRange(at(1, 1), at(2, 2))
    const walk = (axis: 'line' | 'column', step: 1 | -1) => {
      const places = []
      let current = selection
      for (let i = 0; i < 4; i++) {
        current = nextInSelection(current, axis, step) ?? current
        places.push(`${current.active.line},${current.active.column}`)
      }
      return places
    }
    expect(walk('column', 1)).toEqual(['1,2', '2,1', '2,2', '1,1'])
    expect(walk('line', 1)).toEqual(['2,1', '1,2', '2,2', '1,1'])
    expect(walk('column', -1)).toEqual(['2,2', '2,1', '1,2', '1,1'])
  })

  it('goes on in the next range', () => {
    const selection = addRange(selectCell(at(0, 0)), at(5, 3))
    expect(nextInSelection(selection, 'line', 1)?.active).toEqual(at(0, 0))
  })
})
