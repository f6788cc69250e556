import { builtInColumnTypes, type ValueContext } from '@opslayer/core/values'
import { describe, expect, it } from 'vitest'
import type { GridColumn } from './grid-column.ts'
import { pasteArea, planPaste } from './paste-plan.ts'

const values: ValueContext = { locale: 'en-US', timeZone: 'UTC', now: new Date('2026-11-20T12:00:00Z') }
const column = (key: string, type: keyof typeof builtInColumnTypes, more: Partial<GridColumn> = {}): GridColumn => ({
  id: key,
  key,
  name: key.toUpperCase(),
  type: builtInColumnTypes[type],
  settings: builtInColumnTypes[type].settings.parse({}),
  ...more,
})
const columns = [
  column('name', 'text'),
  column('size', 'number'),
  column('done', 'checkbox'),
  column('id', 'text', { editable: false }),
]
const row = (id: string) => ({ id, version: 1, cells: {} })
const plan = (texts: string[][], rows: (ReturnType<typeof row> | null)[], left = 0, width = texts[0]?.length ?? 1) =>
  planPaste({ texts, columns, left, width, rows, values })

describe('planPaste', () => {
  it('reads texts by the type of their column', () => {
    expect(plan([['Ada', '1,234.5', 'yes']], [row('r1')]).edits).toEqual([
      { rowId: 'r1', cells: { name: 'Ada', size: 1234.5, done: true } },
    ])
  })

  it('lists what does not fit with its reason, and keeps the rest', () => {
    const { edits, refused, cells } = plan(
      [
        ['a', 'many'],
        ['b', '2'],
      ],
      [row('r1'), row('r2')],
    )
    expect(edits).toEqual([
      { rowId: 'r1', cells: { name: 'a' } },
      { rowId: 'r2', cells: { name: 'b', size: 2 } },
    ])
    expect(cells).toBe(3)
    expect(refused).toEqual([{ line: 0, column: 'SIZE', text: 'many', reason: '“many” is not a number' }])
  })

  it('makes rows where the texts reach beyond the last one', () => {
    expect(plan([['a'], ['b'], ['']], [row('r1'), null, null])).toMatchObject({
      edits: [{ rowId: 'r1', cells: { name: 'a' } }],
      added: [{ name: 'b' }, {}],
    })
  })

  it('empties cells that an empty text is pasted into', () => {
    expect(plan([['', '']], [row('r1')]).edits).toEqual([{ rowId: 'r1', cells: { name: null, size: null } }])
  })

  it('leaves out what lies beyond the last column, and refuses columns that cannot be edited', () => {
    const { edits, refused } = plan([['x', 'y', 'z']], [row('r1')], 2, 3)
    expect(edits).toEqual([{ rowId: 'r1', cells: { done: true } }])
    expect(refused).toEqual([{ line: 0, column: 'ID', text: 'y', reason: 'the column cannot be edited' }])
  })

  it('takes cells copied here as they are stored, where the types are the same', () => {
    const copied = [[{ typeId: 'number', value: 0.1 + 0.2 }]]
    const input = { texts: [['0.3']], copied, columns, width: 1, rows: [row('r1')], values }
    expect(planPaste({ ...input, left: 1 }).edits[0]?.cells).toEqual({ size: 0.1 + 0.2 })
    expect(planPaste({ ...input, left: 0 }).edits[0]?.cells).toEqual({ name: '0.3' })
  })

  it('repeats the texts over a selection that is a multiple of them', () => {
    const selected = { top: 0, bottom: 3, left: 0, right: 1 }
    expect(pasteArea([['a'], ['b']], selected)).toEqual({ height: 4, width: 2 })
    expect(pasteArea([['a'], ['b'], ['c']], selected)).toEqual({ height: 3, width: 2 })
    const { edits } = plan([['1'], ['2']], [row('a'), row('b'), row('c'), row('d')], 0, 2)
    expect(edits.map(({ cells }) => `${cells.name}${cells.size}`)).toEqual(['11', '22', '11', '22'])
  })
})
