import { describe, expect, it } from 'vitest'
import type { GridRow } from './grid-row.ts'
import { makeLines, type RowGroup } from './lines.ts'
import { remoteRows } from './remote-rows.ts'
import type { RemoteChange, RowsEndpoint } from './rows-endpoint.ts'

/** 3,000 deals on the other side of a wire, in groups of stage and city; one group of two levels is larger than a block. */
function server() {
  const listeners = new Set<(change: RemoteChange) => void>()
  let rows: GridRow[] = Array.from({ length: 3_000 }, (_, n) => ({
    id: `r${n}`,
    version: 1,
    cells: {
      stage: ['new', 'won'][n % 2] ?? null,
      city: n % 20 < 18 ? 'bern' : `city ${String(n % 500).padStart(3, '0')}`,
    },
  }))
  const inGroup = (path: readonly unknown[]) =>
    rows.filter(({ cells }) => path.every((key, level) => cells[level === 0 ? 'stage' : 'city'] === key))
  const windows: string[] = []
  const groups = (): RowGroup[] =>
    [...Map.groupBy(rows, ({ cells }) => String(cells.stage))]
      .toSorted()
      .flatMap(([stage, inStage]): RowGroup[] => [
        { path: [stage], columnKey: 'stage', count: inStage.length },
        ...[...Map.groupBy(inStage, ({ cells }) => String(cells.city))]
          .toSorted()
          .map(([city, inCity]): RowGroup => ({ path: [stage, city], columnKey: 'city', count: inCity.length })),
      ])
  const endpoint: RowsEndpoint = {
    count: () => Promise.reject(new Error('Nobody asks for this.')),
    async window(first, count, _signal, path = []) {
      windows.push(`${path.join('/')} ${first}+${count}`)
      return inGroup(path).slice(first, first + count)
    },
    getMany: async (ids) => rows.filter(({ id }) => ids.includes(id)),
    update: async () => ({ versions: new Map(), refused: [] }),
    insert: async () => [],
    remove: async () => {},
    follow(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async groups(offset, limit) {
      const all = groups()
      return { groups: all.slice(offset, offset + Math.min(limit, 7)), total: all.length }
    },
    async place(rowId) {
      const row = rows.find(({ id }) => id === rowId)
      const path = [row?.cells.stage ?? null, row?.cells.city ?? null]
      const index = inGroup(path).findIndex(({ id }) => id === rowId)
      return row === undefined ? null : { path, index }
    },
  }
  return {
    endpoint,
    windows,
    insertByOther(cells: GridRow['cells']) {
      rows = [{ id: `x${rows.length}`, version: 1, cells }, ...rows]
      for (const listener of listeners) listener({ kind: 'order' })
    },
  }
}

async function opened() {
  const remote = server()
  const rows = remoteRows(remote.endpoint, { blockRows: 50 })
  await expect.poll(() => rows.groups?.length ?? 0).toBeGreaterThan(0)
  const lines = (...collapsed: string[]) => makeLines(rows.count, rows.groups, new Set(collapsed))
  /** What stands in the lines, once all of it is there. */
  const shown = async (first: number, last: number, ...collapsed: string[]) => {
    const at = lines(...collapsed)
    rows.show(at.rowSpans(first, last))
    const read = () =>
      Array.from({ length: last - first + 1 }, (_, i) => {
        const line = at.at(first + i)
        if (line?.kind === 'group') return line.group.path.join('/')
        const cells = line === undefined ? undefined : rows.row(line.row)?.cells
        return cells === undefined ? '' : `${cells.stage} ${cells.city}`
      })
    await expect.poll(read).not.toContain('')
    return read()
  }
  return { ...remote, rows, lines, shown }
}

describe('remoteRows in groups', () => {
  it('reads all groups and shows every row below the heading it belongs to', async () => {
    const { rows, lines, shown } = await opened()
    expect(rows.count).toBe(3_000)
    expect(lines().count).toBe(3_000 + (rows.groups?.length ?? 0))
    expect((await shown(0, 4)).slice(0, 3)).toEqual(['new', 'new/bern', 'new bern'])
    const small = await shown(1_500, 1_540)
    let heading = ''
    for (const text of small) {
      if (text.includes('/')) heading = text.replace('/', ' ')
      else if (heading !== '' && text !== 'won') expect(text).toBe(heading)
    }
    expect(heading).not.toBe('')
  })

  it('reads nothing that a collapsed group hides', async () => {
    const { shown, windows } = await opened()
    windows.length = 0
    const seen = await shown(0, 20, '["new","bern"]', '["won"]')
    expect(seen.slice(0, 3)).toEqual(['new', 'new/bern', 'new/city 018'])
    expect(windows.filter((window) => window.startsWith('new/bern') || window.startsWith('won'))).toEqual([])
  })

  it('finds the place of a row among all of them', async () => {
    const { rows, shown, lines } = await opened()
    const index = await rows.locate?.('r2999', new AbortController().signal)
    const line = lines().lineOfRow(index ?? -1)
    await shown(line, line)
    expect(rows.row(index ?? -1)?.id).toBe('r2999')
    expect(await rows.locate?.('gone', new AbortController().signal)).toBeNull()
  })

  it('takes over groups and rows together when others change them', async () => {
    const { rows, shown, insertByOther } = await opened()
    await shown(0, 30)
    insertByOther({ stage: 'early', city: 'aachen' })
    await expect.poll(() => rows.groups?.[0]?.path).toEqual(['early'])
    expect(rows.count).toBe(3_001)
    expect(await shown(0, 3)).toEqual(['early', 'early/aachen', 'early aachen', 'new'])
  })
})
