import { afterEach, describe, expect, it, vi } from 'vitest'
import type { GridRow } from './grid-row.ts'
import { remoteRows } from './remote-rows.ts'
import type { SourceChange } from './row-source.ts'
import type { RemoteChange, RowsEndpoint } from './rows-endpoint.ts'
import { createUnsavedEdits } from './unsaved-edits.ts'

/** A window of rows that is read and not answered yet. */
interface Held {
  readonly first: number
  readonly begun: PromiseWithResolvers<void>
  readonly released: PromiseWithResolvers<void>
}

/** A table on the other side of a wire: answers later, keeps versions, tells of changes. */
function server(count: number) {
  let rows: GridRow[] = Array.from({ length: count }, (_, n) => ({
    id: `r${n}`,
    version: 1,
    cells: { name: `row ${n}` },
  }))
  const listeners = new Set<(change: RemoteChange) => void>()
  let isDown = false
  let isHanging = false
  let busyFor = 0
  let held: Held | undefined
  let countMs = 1
  const wire = async (ms = 1) => {
    await new Promise((resolve) => setTimeout(resolve, ms))
    if (isHanging) await new Promise(() => {})
    if (isDown) throw new Error('The server cannot be reached.')
  }
  const tell = (change: RemoteChange) => {
    for (const listener of listeners) listener(change)
  }
  const put = (rowId: string, cells: GridRow['cells']) => {
    rows = rows.map((row) =>
      row.id === rowId ? { ...row, version: row.version + 1, cells: { ...row.cells, ...cells } } : row,
    )
    return rows.find(({ id }) => id === rowId)?.version ?? 0
  }
  const endpoint: RowsEndpoint = {
    async count() {
      await wire(countMs)
      return rows.length
    },
    async window(first, size) {
      await wire()
      const found = rows.slice(first, first + size)
      if (held?.first === first) {
        held.begun.resolve()
        await held.released.promise
      }
      return found
    },
    async getMany(ids) {
      await wire()
      return rows.filter(({ id }) => ids.includes(id))
    },
    async update(edits) {
      await wire()
      if (busyFor-- > 0)
        throw Object.assign(new Error('Too many calls.'), { data: { ops: { code: 'RATE_LIMITED', retryable: true } } })
      if (edits.some(({ cells }) => cells.name === 'forbid me')) {
        throw Object.assign(new Error('You may not edit this table.'), { data: { code: 'FORBIDDEN' } })
      }
      const refused = edits
        .filter(({ cells }) => cells.name === 'refuse me')
        .map(({ rowId }) => ({ rowId, reason: 'It is locked.' }))
      const written = edits.filter(({ cells }) => cells.name !== 'refuse me')
      const versions = new Map(written.map(({ rowId, cells }) => [rowId, put(rowId, cells)]))
      tell({ kind: 'cells', rowIds: [...versions.keys()] })
      return { versions, refused }
    },
    async insert(added) {
      await wire()
      const made = added.map((cells, i) => ({ id: `n${rows.length + i}`, version: 1, cells }))
      rows = [...rows, ...made]
      return made.map(({ id }) => id)
    },
    async remove(ids) {
      await wire()
      rows = rows.filter(({ id }) => !ids.includes(id))
    },
    follow(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return {
    endpoint,
    /** Another user edits a cell. */
    editByOther(rowId: string, name: string) {
      put(rowId, { name })
      tell({ kind: 'cells', rowIds: [rowId] })
    },
    /** Another user adds rows at the top. */
    insertByOther(n: number) {
      rows = [...Array.from({ length: n }, (_, i) => ({ id: `x${i}`, version: 1, cells: { name: `x ${i}` } })), ...rows]
      tell({ kind: 'order' })
    },
    fail(value: boolean) {
      isDown = value
    },
    /** Refuses so many writes for now. */
    beBusy(times: number) {
      busyFor = times
    },
    /** Keeps a window from being answered once it is read. */
    hold(first: number) {
      const [begun, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      held = { first, begun, released }
      return { begun: begun.promise, now: () => released.resolve() }
    },
    /** Takes so long to count from now on. */
    countIn(ms: number) {
      countMs = ms
    },
    /** Answers nothing any more. */
    hang(value: boolean) {
      isHanging = value
    },
  }
}

async function opened(count = 1_000, answerMs = 50) {
  const remote = server(count)
  const changes: SourceChange[] = []
  const faults: unknown[] = []
  const unsaved: number[] = []
  const rows = remoteRows(remote.endpoint, {
    blockRows: 20,
    retryMs: 5,
    answerMs,
    onFault: (error) => faults.push(error),
    onUnsaved: (edits) => unsaved.push(edits),
  })
  rows.subscribe((change) => changes.push(change))
  rows.show([{ first: 0, last: 15 }])
  await expect.poll(() => [rows.count, rows.row(0)?.id]).toEqual([count, 'r0'])
  return { ...remote, rows, changes, faults, unsaved, name: (index: number) => rows.row(index)?.cells.name }
}

afterEach(() => void vi.useRealTimers())

describe('remoteRows', () => {
  it('are not said to be none before they are counted, and are said so then', async () => {
    const { endpoint } = server(0)
    const rows = remoteRows(endpoint)
    expect([rows.count, rows.isCounted]).toEqual([0, false])
    const told = Promise.withResolvers<SourceChange>()
    rows.subscribe(told.resolve)
    expect((await told.promise).kind).toBe('reset')
    expect([rows.count, rows.isCounted]).toEqual([0, true])
    rows.dispose()
  })

  it('shows an edit at once and keeps it once it is saved', async () => {
    const { rows, name } = await opened()
    const saved = rows.write([{ rowId: 'r3', cells: { name: 'mine' } }])
    expect(name(3)).toBe('mine')
    expect(await saved).toEqual([])
    expect(rows.row(3)).toMatchObject({ version: 2, cells: { name: 'mine' } })
  })

  it('keeps and saves an edit though its view is left before the server answers', async () => {
    const { endpoint } = server(1_000)
    const answered = Promise.withResolvers<void>()
    const slow: RowsEndpoint = {
      ...endpoint,
      async update(...edits) {
        await answered.promise
        return await endpoint.update(...edits)
      },
    }
    const edits = createUnsavedEdits()
    const open = async () => {
      const rows = remoteRows(slow, { blockRows: 20, edits })
      rows.show([{ first: 0, last: 15 }])
      await expect.poll(() => rows.row(3)?.id).toBe('r3')
      return rows
    }
    const before = await open()
    const saved = before.write([{ rowId: 'r3', cells: { name: 'mine' } }])
    before.dispose()
    const after = await open()
    const shown = [after.row(3)?.cells.name]
    after.subscribe(() => shown.push(after.row(3)?.cells.name))
    answered.resolve()
    expect(await saved).toEqual([])
    await expect.poll(() => after.row(3)).toMatchObject({ version: 2, cells: { name: 'mine' } })
    expect(new Set(shown)).toEqual(new Set(['mine']))
    after.dispose()
  })

  it('takes an edit back that is refused, and says why', async () => {
    const { rows, name } = await opened()
    const saved = rows.write([{ rowId: 'r3', cells: { name: 'refuse me' } }])
    expect(name(3)).toBe('refuse me')
    expect(await saved).toEqual([{ rowId: 'r3', reason: 'It is locked.' }])
    expect(name(3)).toBe('row 3')
  })

  it('keeps an edit while the server cannot be reached, and saves it when it is back', async () => {
    const { rows, name, fail, faults, unsaved } = await opened()
    fail(true)
    const saved = rows.write([{ rowId: 'r3', cells: { name: 'mine' } }])
    const later = rows.write([{ rowId: 'r3', cells: { name: 'mine too' } }])
    await expect.poll(() => faults.length).toBeGreaterThan(0)
    expect([name(3), unsaved.at(-1)]).toEqual(['mine too', 2])
    fail(false)
    expect([await saved, await later]).toEqual([[], []])
    expect([name(3), unsaved.at(-1), rows.row(3)?.version]).toEqual(['mine too', 0, 3])
  })

  it('sends an edit again that nobody answers, and gives it up when the table is closed', async () => {
    const { rows, faults, hang } = await opened()
    hang(true)
    const saved = rows.write([{ rowId: 'r3', cells: { name: 'mine' } }])
    await expect.poll(() => faults.map(String).join()).toContain('no answer')
    hang(false)
    expect(await saved).toEqual([])
    hang(true)
    const lost = rows.write([{ rowId: 'r3', cells: { name: 'too late' } }])
    rows.dispose()
    await expect(lost).rejects.toThrow('was closed')
  })

  it('sends an edit again that the server refuses for now, and takes it back when that goes on', async () => {
    const { rows, name, faults, unsaved, beBusy } = await opened()
    beBusy(3)
    const saved = rows.write([{ rowId: 'r3', cells: { name: 'mine' } }])
    const later = rows.write([{ rowId: 'r3', cells: { name: 'mine too' } }])
    expect([await saved, await later]).toEqual([[], []])
    expect(faults.map(String)).toEqual([...Array.from({ length: 3 }, () => 'Error: Too many calls.'), 'null'])
    expect([name(3), ...unsaved]).toEqual(['mine too', 1, 2, 1, 0])
    beBusy(1_000)
    await expect(rows.write([{ rowId: 'r3', cells: { name: 'never' } }])).rejects.toThrow('Too many calls.')
    await expect.poll(() => name(3)).toBe('mine too')
  })

  it('takes an edit back that the server answers with a fault', async () => {
    const { rows, name } = await opened()
    const saved = rows.write([{ rowId: 'r3', cells: { name: 'forbid me' } }])
    await expect(saved).rejects.toThrow('may not')
    expect(name(3)).toBe('row 3')
  })

  it('saves edits of one cell in the order they were made', async () => {
    const { rows, name } = await opened()
    await Promise.all(['a', 'b', 'c'].map((text) => rows.write([{ rowId: 'r1', cells: { name: text } }])))
    expect(name(1)).toBe('c')
    expect(rows.row(1)?.version).toBe(4)
  })

  it('shows what others edit, and not over what is being saved', async () => {
    const { rows, name, editByOther } = await opened()
    editByOther('r2', 'theirs')
    await expect.poll(() => name(2)).toBe('theirs')
    const saved = rows.write([{ rowId: 'r5', cells: { name: 'mine' } }])
    editByOther('r5', 'theirs')
    expect(name(5)).toBe('mine')
    await saved
    expect(name(5)).toBe('mine')
  })

  it('keeps what is seen in its place when others add rows above', async () => {
    const { rows, changes, insertByOther } = await opened()
    rows.show([{ first: 30, last: 45 }])
    await expect.poll(() => rows.row(30)?.id).toBe('r30')
    insertByOther(3)
    await expect.poll(() => rows.row(33)?.id).toBe('r30')
    expect(changes).toContainEqual({ kind: 'splice', at: 30, removed: 0, inserted: 3 })
    await expect.poll(() => rows.count).toBe(1_003)
  })

  it('counts at once what the user deleted or took back, however short ago others were counted', async () => {
    // The pace goes by how long counting takes, of which a moment that the machine stands still is no part.
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const { rows, countIn, insertByOther } = await opened(1_000, 5_000)
    countIn(100)
    insertByOther(1)
    await expect.poll(() => rows.count).toBe(1_001)
    countIn(1)
    // Others' rows would be counted again after three seconds.
    const since = performance.now()
    await rows.remove(['x0'])
    await expect.poll(() => rows.count).toBe(1_000)
    expect(performance.now() - since).toBeLessThan(1_500)
  })

  it('reads on by itself when the server is back', async () => {
    const { rows, faults, fail } = await opened()
    fail(true)
    rows.show([{ first: 500, last: 515 }])
    await expect.poll(() => faults.length).toBeGreaterThan(0)
    fail(false)
    await expect.poll(() => rows.row(500)?.id).toBe('r500')
    expect(faults.at(-1)).toBeNull()
  })

  it('asks again for rows that nobody answers', async () => {
    const { rows, faults, hang } = await opened()
    hang(true)
    rows.show([{ first: 500, last: 515 }])
    await expect.poll(() => faults.map(String).join()).toContain('no answer')
    expect(rows.row(500)).toBeUndefined()
    hang(false)
    await expect.poll(() => rows.row(500)?.id).toBe('r500')
  })

  it('shows what others edited while the server could not be reached', async () => {
    const { name, faults, editByOther, fail } = await opened()
    fail(true)
    editByOther('r2', 'theirs')
    await expect.poll(() => faults.length).toBeGreaterThan(0)
    expect(name(2)).toBe('row 2')
    fail(false)
    await expect.poll(() => name(2)).toBe('theirs')
    expect(faults.at(-1)).toBeNull()
  })

  it.each([
    ['that come for the first time', 500],
    ['that are read anew', 0],
  ])('shows what others edit in rows %s while these are on their way', async (_, first) => {
    const { rows, changes, name, editByOther, hold } = await opened(1_000, 10_000)
    const release = hold(first)
    rows.show([{ first, last: first + 15 }])
    if (first === 0) rows.refresh()
    await release.begun
    editByOther(`r${first + 2}`, 'theirs')
    if (first === 0) await expect.poll(() => name(2)).toBe('theirs')
    changes.length = 0
    release.now()
    const arrival = first === 0 ? 'reset' : 'rows'
    await expect.poll(() => changes.map(({ kind }) => kind)).toContain(arrival)
    await expect.poll(() => name(first + 2)).toBe('theirs')
  })

  it('finds the rows it has made, and loads what is copied', async () => {
    const { rows } = await opened(30)
    const [id = ''] = await rows.append([{ name: 'last' }])
    expect(rows.count).toBe(31)
    rows.show([{ first: 20, last: 30 }])
    await expect.poll(() => rows.indexOf(id)).toBe(30)
    expect((await rows.load(28, 30)).map(({ cells }) => cells.name)).toEqual(['row 28', 'row 29', 'last'])
    await rows.remove([id])
    await expect.poll(() => rows.count).toBe(30)
  })
})
