import type { DeletedRow, OrgOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'

const columns = [
  { name: 'Name', type: 'text' },
  { name: 'Email', type: 'email', unique: true },
  { name: 'Seen', type: 'datetime' },
]

async function deletedIn(acme: OrgOps, tableId: string, limit: number): Promise<DeletedRow[]> {
  const items: DeletedRow[] = []
  let cursor: string | undefined
  do {
    const page = await acme.rows.deleted(tableId, { cursor, limit })
    items.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return items
}

describeDatabases('history', (makeDatabase) => {
  it('says who changed which cells of a row, newest first, in pages', async () => {
    await using test = await openOps(makeDatabase)
    const u1 = { type: 'user', id: 'u1' } as const
    const u2 = { type: 'rule', id: 'r7' } as const
    const acme = test.ops.forOrg({ orgId: 'acme', actor: u1 })
    const rule = test.ops.forOrg({ orgId: 'acme', actor: u2 })
    const table = await acme.tables.create({ name: 'Leads', columns })
    const [name = '', email = '', seen = ''] = table.columns.map(({ id }) => id)
    const { rows } = await acme.rows.insert(table.id, [{ cells: { name: 'Ada' } }, { cells: { name: 'Bob' } }])
    const [ada = '', bob = ''] = rows.map(({ id }) => id)
    await rule.rows.update(
      table.id,
      [
        { id: bob, cells: { name: 'Bobby', seen: '2026-01-02T03:04:05.006Z' } },
        { id: ada, cells: { email: 'ada@example.com' } },
      ],
      { cause: [{ type: 'change', id: '1' }] },
    )
    await acme.rows.updateWhere(table.id, 'all', { name: 'Same' })
    await acme.rows.delete(table.id, [bob])
    const entries = (await acme.history.row(table.id, bob)).items
    expect(entries.map(({ kind, actor, cells }) => ({ kind, actor, cells }))).toEqual([
      {
        kind: 'rows-deleted',
        actor: u1,
        cells: [
          { columnId: name, before: 'Same', after: null },
          { columnId: seen, before: '2026-01-02T03:04:05.006Z', after: null },
        ],
      },
      { kind: 'rows-updated', actor: u1, cells: [{ columnId: name, before: 'Bobby', after: 'Same' }] },
      {
        kind: 'rows-updated',
        actor: u2,
        cells: [
          { columnId: name, before: 'Bob', after: 'Bobby' },
          { columnId: seen, before: null, after: '2026-01-02T03:04:05.006Z' },
        ],
      },
      { kind: 'rows-inserted', actor: u1, cells: [] },
    ])
    expect(entries[2]).toMatchObject({ cause: [{ type: 'change', id: '1' }], role: 'do', target: null })
    const first = await acme.history.row(table.id, bob, { limit: 3 })
    const rest = await acme.history.row(table.id, bob, { limit: 3, cursor: first.nextCursor ?? '' })
    expect([...first.items, ...rest.items]).toEqual(entries)
    expect(rest.nextCursor).toBeNull()
    expect((await acme.history.cell(table.id, ada, 'email')).items.map(({ cells }) => cells)).toEqual([
      [{ columnId: email, before: null, after: 'ada@example.com' }],
      [],
    ])
    const whole = (await acme.history.table(table.id)).items
    expect(whole.map(({ kind, rowCount }) => [kind, rowCount])).toEqual([
      ['rows-deleted', 1],
      ['rows-updated', 2],
      ['rows-updated', 1],
      ['rows-updated', 1],
      ['rows-inserted', 2],
      ['table', 0],
    ])
    const stranger = test.ops.forOrg({ orgId: 'other', actor: u1 })
    for (const read of [
      () => stranger.history.row(table.id, bob),
      () => stranger.history.table(table.id),
      () => stranger.rows.deleted(table.id),
      () => stranger.rows.restore(table.id, [bob]),
    ]) {
      await expect(read()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })

  it('names the row that a change was about where it is one, and what an undo took back', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const table = await acme.tables.create({
      name: 'Visits',
      columns: [
        { name: 'On', type: 'datetime' },
        { name: 'Who', type: 'text' },
      ],
    })
    const [, who = ''] = table.columns.map(({ id }) => id)
    const on = '2026-01-02T03:04:05.006Z'
    const { rows } = await acme.rows.insert(table.id, [{ cells: { on, who: 'Ada' } }, { cells: { who: 'Bob' } }])
    const [ada = '', bob = ''] = rows.map(({ id }) => id)
    await acme.rows.update(table.id, [{ id: ada, cells: { who: 'Eve' } }])
    await acme.rows.updateWhere(table.id, 'all', { who: 'Same' })
    expect(await acme.undo()).toMatchObject({ tableId: table.id, columns: [who], row: null, rows: 2 })
    expect(await acme.undo()).toMatchObject({ tableId: table.id, columns: [who], row: { id: ada, name: on } })
    await acme.rows.delete(table.id, [ada])
    const told = async () =>
      (await acme.history.table(table.id)).items.map(({ kind, role, columns, row }) => ({ kind, role, columns, row }))
    const whole = await told()
    const gone = { id: ada, name: on, isThere: false }
    expect(whole[0]).toEqual({ kind: 'rows-deleted', role: 'do', columns: null, row: gone })
    // Rows that are gone are not looked for in the log.
    expect(whole[1]).toEqual({ kind: 'rows-updated', role: 'undo', columns: [who], row: null })
    expect(await acme.undo()).toMatchObject({ columns: null, row: { id: ada, name: on } })
    expect(await told()).toMatchObject([
      { kind: 'rows-inserted', role: 'undo', row: { id: ada, name: on, isThere: true } },
      { kind: 'rows-deleted', row: { id: ada, name: on, isThere: true } },
      { kind: 'rows-updated', role: 'undo', row: { id: ada, name: on, isThere: true } },
      { kind: 'rows-updated', role: 'undo', row: null },
      { kind: 'rows-updated', role: 'do', row: null },
      { kind: 'rows-updated', role: 'do', row: { id: ada, name: on, isThere: true } },
      { kind: 'rows-inserted', row: null },
      { kind: 'table', row: null },
    ])
    await acme.rows.delete(table.id, [bob])
    expect((await told())[0]).toMatchObject({ row: { id: bob, name: null, isThere: false } })
    // For whom the first column is hidden, rows go by the next one.
    const [hidden = ''] = table.columns.map(({ id }) => id)
    const ann = test.ops.forOrg({
      orgId: 'acme',
      actor: { type: 'user', id: 'ann' },
      access: { table: () => ({ hidden: [hidden] }) },
    })
    await ann.rows.update(table.id, [{ id: ada, cells: { who: 'Zoe' } }])
    expect(await ann.undo()).toMatchObject({ columns: [who], row: { id: ada, name: 'Ada' } })
  })

  it('lists deleted rows and brings chosen ones back as their latest deletion left them', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const table = await acme.tables.create({ name: 'Leads', columns })
    const { rows } = await acme.rows.insert(
      table.id,
      Array.from({ length: 9 }, (_, n) => ({ cells: { name: `n${n}`, email: `e${n}@example.com` } })),
    )
    const ids = rows.map(({ id }) => id)
    const [a = '', b = '', c = '', d = ''] = ids
    await acme.rows.delete(table.id, [a, b])
    const again = await acme.rows.restore(table.id, [b, a, c, '999999'])
    expect(again).toMatchObject({ restored: [b, a], missing: [c, '999999'], conflicts: [] })
    await acme.rows.update(table.id, [{ id: b, cells: { name: 'newer' } }])
    await acme.rows.delete(table.id, [b, c])
    await acme.rows.deleteWhere(table.id, { column: 'name', op: 'is', value: 'n3' })
    const listed = await deletedIn(acme, table.id, 2)
    expect(listed.map(({ id, cells }) => [id, cells.name])).toEqual([
      [d, 'n3'],
      [b, 'newer'],
      [c, 'n2'],
    ])
    expect(await deletedIn(acme, table.id, 100)).toEqual(listed)
    await acme.rows.insert(table.id, [{ cells: { email: 'e2@example.com' } }])
    const restored = await acme.rows.restore(table.id, [b, c])
    expect(restored).toMatchObject({ restored: [b], conflicts: [{ rowId: c, reason: 'unique' }] })
    expect((await acme.rows.get(table.id, b)).cells).toMatchObject({ name: 'newer', email: 'e1@example.com' })
    expect(await acme.undoState()).toMatchObject({ undo: { kind: 'rows-inserted', rows: 1 } })
    await acme.undo()
    await expect(acme.rows.get(table.id, b)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
