import type { OrgOps, Row, Table } from '@opslayer/core'
import { describe, expect, it } from 'vitest'
import { describeBothKinds } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'

async function leadsTable(acme: OrgOps): Promise<Table> {
  return await acme.tables.create({
    name: 'Leads',
    columns: [
      { name: 'Name', type: 'text' },
      { name: 'Email', type: 'email', unique: true },
      { name: 'Score', type: 'number' },
      {
        name: 'Tags',
        type: 'tags',
        settings: {
          options: [
            { id: 'a', name: 'A' },
            { id: 'b', name: 'B' },
          ],
        },
      },
      { name: 'Raw', type: 'json' },
      { name: 'Due', type: 'date' },
      { name: 'Seen', type: 'datetime' },
      { name: 'Ok', type: 'checkbox' },
    ],
  })
}

const full = {
  name: 'Ada',
  email: 'ada@example.com',
  score: '12345678901234.5',
  tags: ['a', 'b'],
  raw: { a: [1, null, 'x'] },
  due: '2026-02-03',
  seen: '2026-02-03T04:05:06.789Z',
  ok: true,
}

async function allRows(acme: OrgOps, table: Table): Promise<Row[]> {
  const rows: Row[] = []
  for await (const page of acme.rows.pages(table.id, { limit: 1000 })) rows.push(...page)
  return rows
}

/** A row without what any write changes. */
function cellsOf(rows: readonly Row[]): unknown[] {
  return rows.map(({ id, cells, warnings, externalKey }) => ({ id, cells, warnings, externalKey }))
}

describeBothKinds('undo', (makeDatabase) => {
  it('takes back edits, inserts, deletes and moves one after the other, and redo brings them back', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const table = await leadsTable(acme)
    const states: unknown[] = []
    const note = async (): Promise<void> => void states.push(cellsOf(await allRows(acme, table)))
    await note()
    const { rows } = await acme.rows.insert(table.id, [
      { cells: full, externalKey: 'x1', source: { id: 'crm', page: 3 } },
      { cells: { name: 'Bob', email: 'bob@example.com' } },
      { cells: { name: 'Eve' } },
    ])
    const [ada = '', bob = '', eve = ''] = rows.map(({ id }) => id)
    await note()
    await acme.rows.update(table.id, [
      {
        id: ada,
        cells: { name: 'Ada L.', tags: null, raw: 'text', score: 1, seen: null, due: '2027-01-01', ok: false },
      },
      { id: bob, cells: { raw: [1], email: null } },
    ])
    await note()
    await acme.rows.update(table.id, [{ id: eve, cells: { score: 'many' } }], { onInvalid: 'keep' })
    await note()
    await acme.rows.move(table.id, [eve], { at: 'start' })
    await note()
    await acme.rows.delete(table.id, [ada, eve])
    await note()
    await acme.rows.upsert(
      table.id,
      [{ cells: { email: 'bob@example.com', name: 'Bobby' } }, { cells: { email: 'zoe@example.com', name: 'Zoe' } }],
      { match: ['email'] },
    )
    await note()
    await acme.rows.updateWhere(table.id, 'all', { score: 7, tags: ['b'] })
    await note()
    for (const state of states.slice(0, -1).reverse()) {
      const { conflicts, rows } = await acme.undo()
      expect(conflicts).toEqual([])
      expect(rows).toBeGreaterThan(0)
      expect(cellsOf(await allRows(acme, table))).toEqual(state)
    }
    for (const state of states.slice(1)) {
      await acme.redo()
      expect(cellsOf(await allRows(acme, table))).toEqual(state)
    }
    await expect(acme.redo()).rejects.toMatchObject({ code: 'UNDO_UNAVAILABLE' })
    for (const state of states.slice(0, -1).reverse()) {
      await acme.undo()
      expect(cellsOf(await allRows(acme, table))).toEqual(state)
    }
  })

  it('brings deleted rows back whole', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const other = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u2' } })
    const table = await leadsTable(other)
    await other.rows.insert(table.id, [{ cells: full, externalKey: 'x1', source: { id: 'crm' } }])
    await other.rows.insert(table.id, [{ cells: { name: 'Bob', score: '?' } }], { onInvalid: 'keep' })
    const before = await allRows(acme, table)
    await acme.rows.deleteWhere(table.id, 'all')
    expect(await allRows(acme, table)).toEqual([])
    const undone = await acme.undo()
    expect(undone).toMatchObject({ kind: 'rows-deleted', rows: 2, totalConflicts: 0 })
    expect(await allRows(acme, table)).toEqual(before)
    await acme.rows.upsert(table.id, [{ cells: { name: 'Ada!' }, externalKey: 'x1', source: { id: 'crm' } }], {
      match: 'external-key',
    })
    expect((await allRows(acme, table)).length).toBe(2)
  })

  it('leaves alone what others have changed since, and lists it', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const other = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u2' } })
    const table = await leadsTable(acme)
    const { rows } = await acme.rows.insert(table.id, [
      { cells: { name: 'A', score: 1 } },
      { cells: { name: 'B', score: 2 } },
      { cells: { name: 'C', score: 3 } },
    ])
    const [a = '', b = '', c = ''] = rows.map(({ id }) => id)
    await acme.rows.updateWhere(table.id, 'all', { score: 10, name: 'same' })
    await other.rows.update(table.id, [{ id: a, cells: { score: 11 } }])
    await other.rows.delete(table.id, [c])
    const scoreId = table.columns.find(({ key }) => key === 'score')?.id
    const undone = await acme.undo()
    expect(undone).toMatchObject({ rows: 2, totalConflicts: 2 })
    expect(undone.conflicts).toEqual([
      { tableId: table.id, rowId: a, columnId: scoreId, reason: 'changed' },
      { tableId: table.id, rowId: c, columnId: null, reason: 'row-deleted' },
    ])
    expect((await acme.rows.getMany(table.id, [a, b])).map(({ cells }) => [cells.name, cells.score])).toEqual([
      ['A', 11],
      ['B', 2],
    ])
    const removed = await acme.undo()
    expect(removed).toMatchObject({ kind: 'rows-inserted', rows: 1 })
    expect(removed.conflicts).toEqual([{ tableId: table.id, rowId: a, columnId: null, reason: 'changed' }])
    await acme.redo()
    expect((await acme.rows.getMany(table.id, [a, b])).map(({ cells }) => cells.score)).toEqual([11, 2])
    await acme.rows.delete(table.id, [b])
    await other.rows.insert(table.id, [{ cells: { email: 'e@example.com' } }])
    const [d] = (await acme.rows.insert(table.id, [{ cells: { email: 'd@example.com' } }])).rows
    await acme.rows.delete(table.id, [d?.id ?? ''])
    await other.rows.insert(table.id, [{ cells: { email: 'd@example.com' } }])
    expect((await acme.undo()).conflicts).toMatchObject([{ rowId: d?.id, reason: 'unique' }])
  })

  it('takes back any one operation, whatever came after it, as far as that goes', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const admin = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'admin' } })
    const table = await leadsTable(acme)
    const id = (key: string): string => table.columns.find((column) => column.key === key)?.id ?? ''
    const { rows } = await acme.rows.insert(table.id, [{ cells: { email: 'x@example.com' } }, { cells: {} }])
    const [one = '', two = ''] = rows.map((row) => row.id)
    const edit = async (cells: Record<string, unknown>): Promise<string> => {
      return (await acme.rows.update(table.id, [{ id: one, cells }])).operation ?? ''
    }
    const email = await edit({ email: 'y@example.com', name: 'Ada' })
    const score = await edit({ score: 1 })
    const due = await edit({ due: '2026-01-01' })
    const name = await edit({ name: 'Grace' })
    await admin.rows.update(table.id, [{ id: two, cells: { email: 'x@example.com' } }])
    await admin.columns.delete(table.id, id('score'))
    await admin.columns.retype(table.id, id('due'), { type: 'text' })

    const taken = await admin.undoOperation(email)
    expect(taken.conflicts).toMatchObject([
      { rowId: one, columnId: id('name'), reason: 'changed' },
      { rowId: one, columnId: id('email'), reason: 'unique' },
    ])
    expect((await admin.undoOperation(score)).conflicts).toMatchObject([
      { rowId: null, columnId: id('score'), reason: 'column-deleted' },
    ])
    expect((await admin.undoOperation(due)).conflicts).toMatchObject([
      { columnId: id('due'), reason: 'column-retyped' },
    ])
    expect(await admin.undoOperation(name)).toMatchObject({ rows: 1, totalConflicts: 0 })
    expect((await acme.rows.get(table.id, one)).cells).toMatchObject({ name: 'Ada', email: 'y@example.com' })
    await expect(acme.undoOperation(name)).rejects.toMatchObject({ code: 'UNDO_UNAVAILABLE' })
    expect(await admin.redo()).toMatchObject({ rows: 1 })
    expect((await acme.rows.get(table.id, one)).cells).toMatchObject({ name: 'Grace' })
    expect(await acme.undoState()).toMatchObject({ undo: { kind: 'rows-updated', rows: 1 }, redo: null })
    await acme.undoOperation(name)
    expect((await acme.rows.get(table.id, one)).cells).toMatchObject({ name: 'Ada' })

    const late = await edit({ name: 'Late' })
    await admin.tables.delete(table.id)
    expect((await acme.undoOperation(late)).conflicts).toEqual([
      { tableId: table.id, rowId: null, columnId: null, reason: 'table-deleted' },
    ])
    await expect(acme.undoOperation(`op_${'a'.repeat(17)}`)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(acme.undoOperation('nonsense')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    const stranger = test.ops.forOrg({ orgId: 'other', actor: { type: 'user', id: 'u1' } })
    await expect(stranger.undoOperation(email)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(stranger.undo()).rejects.toMatchObject({ code: 'UNDO_UNAVAILABLE' })
  })

  it('is done once when asked for twice at the same time', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const table = await leadsTable(acme)
    const made = await acme.rows.insert(table.id, [{ cells: { score: 1 } }])
    const bulk = await acme.rows.updateWhere(table.id, 'all', { score: 2 })
    const both = await Promise.all([acme.undoOperation(bulk.operation ?? ''), acme.undo()])
    expect(both.map(({ totalConflicts }) => totalConflicts)).toEqual([0, 0])
    const left = await acme.rows.getMany(table.id, [made.rows[0]?.id ?? ''])
    const undone = both.filter(({ target }) => target === bulk.operation).reduce((sum, { rows }) => sum + rows, 0)
    expect(undone).toBe(1)
    expect(left.map(({ cells }) => cells.score)).toEqual(both[1].target === bulk.operation ? [1] : [])
  })

  it('goes on where it was interrupted', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const table = await acme.tables.create({ name: 'Big', columns: [{ name: 'N', type: 'number' }] })
    await acme.rows.load(
      table.id,
      Array.from({ length: 23_000 }, (_, n) => ({ cells: { n } })),
    )
    await acme.rows.updateWhere(table.id, 'all', { n: -1 })
    const interrupt = async (call: (options: { signal: AbortSignal; onProgress: () => void }) => Promise<unknown>) => {
      const controller = new AbortController()
      let calls = 0
      const onProgress = (): void => {
        calls += 1
        if (calls === 2) controller.abort(new Error('killed'))
      }
      await expect(call({ signal: controller.signal, onProgress })).rejects.toThrow('killed')
    }
    await interrupt((options) => acme.undo(options))
    const left = await acme.rows.count(table.id, { filter: { column: 'n', op: 'is', value: -1 } })
    expect(left.count).toBeGreaterThan(0)
    expect(left.count).toBeLessThan(23_000)
    const rest = await acme.undo()
    expect(rest).toMatchObject({ rows: left.count, totalConflicts: 0, kind: 'rows-updated' })
    await interrupt((options) => acme.redo(options))
    await interrupt((options) => acme.undo(options))
    await acme.undo()
    expect(await acme.rows.count(table.id, { filter: { column: 'n', op: 'is', value: -1 } })).toEqual({
      count: 0,
      exact: true,
    })
    await interrupt((options) => acme.undo(options))
    expect(await acme.undoState()).toMatchObject({ undo: { kind: 'rows-inserted', tableId: table.id } })
    const present = (await acme.rows.count(table.id)).count
    expect(present).toBeGreaterThan(0)
    expect(present).toBeLessThan(23_000)
    expect(await acme.undo()).toMatchObject({ rows: present })
    expect((await acme.rows.count(table.id)).count).toBe(0)
    await acme.redo()
    expect((await acme.rows.count(table.id)).count).toBe(23_000)
    expect((await acme.rows.window(table.id, { offset: 22_998 })).map(({ cells }) => cells.n)).toEqual([22_998, 22_999])
  })

  describe('of definitions', () => {
    it('takes back every change of columns and tables', async () => {
      await using test = await openOps(makeDatabase)
      const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
      const table = await leadsTable(acme)
      await acme.rows.insert(table.id, [{ cells: full }, { cells: { name: '42', score: 5 } }])
      const state = async (): Promise<unknown> => {
        const found = await acme.tables.get(table.id).catch(() => null)
        if (found === null) return null
        const { revision: _, ...definition } = found
        return { definition, rows: cellsOf(await allRows(acme, table)) }
      }
      const id = (key: string): string => table.columns.find((column) => column.key === key)?.id ?? ''
      const [row] = await allRows(acme, table)
      const steps: (() => Promise<unknown>)[] = [
        () => acme.columns.create(table.id, { name: 'Extra', type: 'text', unique: true }, { place: 1 }),
        () =>
          acme.columns.update(table.id, id('name'), {
            name: 'Full name',
            key: 'full_name',
            hidden: true,
            unique: true,
          }),
        () => acme.columns.update(table.id, id('score'), { locked: true, defaultValue: 3, description: 'x' }),
        () => acme.columns.move(table.id, id('ok'), 0),
        () => acme.columns.delete(table.id, id('email')),
        () => acme.rows.delete(table.id, [row?.id ?? '']),
        () => acme.columns.restore(table.id, id('email')),
        () => acme.columns.retype(table.id, id('name'), { type: 'number' }),
        () => acme.rows.updateWhere(table.id, 'all', { score: 9 }),
        () => acme.tables.update(table.id, { name: 'Prospects', description: 'new' }),
        () => acme.tables.delete(table.id),
      ]
      const states = [await state()]
      for (const step of steps) {
        await step()
        states.push(await state())
      }
      for (let round = 0; round < 2; round += 1) {
        for (const expected of states.slice(0, -1).reverse()) {
          expect((await acme.undo()).conflicts).toEqual([])
          expect(await state()).toEqual(expected)
        }
        for (const expected of states.slice(1)) {
          expect((await acme.redo()).conflicts).toEqual([])
          expect(await state()).toEqual(expected)
        }
      }
    })

    it('takes a copied table back with its rows, without touching them', async () => {
      await using test = await openOps(makeDatabase)
      const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
      const table = await leadsTable(acme)
      await acme.rows.insert(table.id, [{ cells: full }, { cells: { name: 'Bob' } }])
      const copy = await acme.tables.duplicate(table.id, { name: 'Copy' })
      const before = await allRows(acme, copy)
      const end = await acme.changes.end()
      await acme.undo()
      await expect(acme.tables.get(copy.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await acme.redo()
      expect(await allRows(acme, copy)).toEqual(before)
      expect((await acme.changes.read({ after: end })).entries.map(({ kind }) => kind)).toEqual(['table', 'table'])
      const other = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u2' } })
      await other.rows.update(copy.id, [{ id: before[0]?.id ?? '', cells: { name: 'Eve' } }])
      expect((await acme.undo()).conflicts).toEqual([
        { tableId: copy.id, rowId: null, columnId: null, reason: 'changed' },
      ])
      expect((await allRows(acme, copy)).length).toBe(2)
    })
  })
})
