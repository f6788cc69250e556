import { describe, expect, it } from 'vitest'
import { type Motion, navigate } from './navigate.ts'

const filled = ['##..#', '#....', '#.###', '.....']
const context = {
  extent: { lines: 4, columns: 5 },
  page: { lines: 3, columns: 2 },
  isEmpty: ({ line, column }: { line: number; column: number }) => filled[line]?.[column] !== '#',
}
const go = (line: number, column: number, motion: Motion) => {
  const to = navigate({ line, column }, motion, context)
  return [to.line, to.column]
}

describe('navigate', () => {
  it('stops at the edges of the grid', () => {
    expect(go(0, 0, { kind: 'step', direction: 'up' })).toEqual([0, 0])
    expect(go(3, 4, { kind: 'step', direction: 'right' })).toEqual([3, 4])
    expect(go(1, 1, { kind: 'step', direction: 'down' })).toEqual([2, 1])
  })

  it('pages by one line less than fits', () => {
    expect(go(0, 0, { kind: 'page', direction: 'down' })).toEqual([2, 0])
    expect(go(3, 3, { kind: 'page', direction: 'up' })).toEqual([1, 3])
  })

  it('goes to the ends of the line and of the grid', () => {
    expect(go(2, 2, { kind: 'line-start' })).toEqual([2, 0])
    expect(go(2, 2, { kind: 'line-end' })).toEqual([2, 4])
    expect(go(2, 2, { kind: 'grid-start' })).toEqual([0, 0])
    expect(go(2, 2, { kind: 'grid-end' })).toEqual([3, 4])
  })

  it('jumps to the edge of the data as spreadsheets do', () => {
    expect(go(0, 0, { kind: 'edge', direction: 'right' })).toEqual([0, 1])
    expect(go(0, 1, { kind: 'edge', direction: 'right' })).toEqual([0, 4])
    expect(go(0, 0, { kind: 'edge', direction: 'down' })).toEqual([2, 0])
    expect(go(2, 0, { kind: 'edge', direction: 'down' })).toEqual([3, 0])
    expect(go(3, 3, { kind: 'edge', direction: 'up' })).toEqual([2, 3])
  })

  it('goes to the far edge where rows are not loaded', () => {
    const far = navigate(
      { line: 5, column: 0 },
      { kind: 'edge', direction: 'down' },
      {
        extent: { lines: 1_000_000, columns: 1 },
        page: { lines: 20, columns: 1 },
        isEmpty: ({ line }) => (line > 100 ? undefined : false),
      },
    )
    expect(far.line).toBe(999_999)
  })
})
