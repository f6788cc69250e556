import { describe, expect, it } from 'vitest'
import { memoryRows } from './memory-rows.ts'
import type { SourceChange } from './row-source.ts'

const row = (id: string, name = id) => ({ id, version: 1, cells: { name } })

function watched(ids: readonly string[]) {
  const rows = memoryRows(ids.map((id) => row(id)))
  const changes: SourceChange[] = []
  rows.subscribe((change) => changes.push(change))
  return {
    rows,
    changes,
    ids: () =>
      rows
        .all()
        .map(({ id }) => id)
        .join(''),
  }
}

describe('memoryRows', () => {
  it('writes cells into a new row object and says which row changed', async () => {
    const { rows, changes } = watched(['a', 'b'])
    const before = rows.row(1)
    expect(await rows.write([{ rowId: 'b', cells: { name: 'B' } }])).toEqual([])
    expect(rows.row(1)).toMatchObject({ version: 2, cells: { name: 'B' } })
    expect(before?.cells.name).toBe('b')
    expect(changes).toEqual([{ kind: 'rows', first: 1, last: 1 }])
  })

  it('refuses to write a row that is gone, and says so', async () => {
    const { rows } = watched(['a'])
    expect(await rows.write([{ rowId: 'x', cells: {} }])).toEqual([{ rowId: 'x', reason: 'The row is gone.' }])
  })

  it('adds and removes rows, and finds the others where they are then', async () => {
    const { rows, changes, ids } = watched(['a', 'b', 'c'])
    rows.insertAt(1, [row('x')])
    expect(await rows.append([{ name: 'new' }])).toEqual(['new-1'])
    await rows.remove(['b', 'a'])
    expect(ids()).toBe('xcnew-1')
    expect(rows.indexOf('c')).toBe(1)
    expect(changes).toEqual([
      { kind: 'splice', at: 1, removed: 0, inserted: 1 },
      { kind: 'splice', at: 4, removed: 0, inserted: 1 },
      { kind: 'splice', at: 0, removed: 3, inserted: 1 },
    ])
  })
})
