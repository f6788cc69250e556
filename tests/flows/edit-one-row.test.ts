import { createOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases } from '../databases/describe-databases.ts'
import { databaseOption, openOps } from './testing/open-ops.ts'

const actor = { type: 'user', id: 'u1' } as const

describeDatabases('the edit of one row', (makeDatabase, name) => {
  it('logs the value that it really replaced, however many edit the cell at once', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const table = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Score', type: 'number' }] })
    const { rows } = await acme.rows.insert(table.id, [{ cells: { score: 0 } }])
    const id = rows[0]?.id ?? ''
    const edits = await Promise.all(
      Array.from({ length: 20 }, (_, place) => acme.rows.update(table.id, [{ id, cells: { score: place + 1 } }])),
    )
    expect(edits.flatMap((edit) => edit.rows.map(({ outcome }) => outcome))).toEqual(Array(20).fill('updated'))
    expect(edits.map((edit) => edit.rows[0]?.version ?? 0).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, place) => place + 2),
    )
    const history = await acme.history.row(table.id, id, { limit: 30 })
    const changes = history.items.flatMap(({ cells }) => cells).toReversed()
    expect(changes).toHaveLength(20)
    expect(changes.map(({ before }) => before)).toEqual([0, ...changes.slice(0, -1).map(({ after }) => after)])
  })

  it('tells what it found where there was nothing to do', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const table = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Score', type: 'number' }] })
    const { rows } = await acme.rows.insert(table.id, [{ cells: { score: 1 } }])
    const id = rows[0]?.id ?? ''
    const edit = async (score: unknown, version?: number) => {
      const done = await acme.rows.update(table.id, [{ id, version, cells: { score } }])
      return {
        outcomes: done.rows.map(({ outcome }) => outcome),
        errors: done.errors.length,
        logged: done.operation !== null,
      }
    }
    expect(await edit(2, 1)).toEqual({ outcomes: ['updated'], errors: 0, logged: true })
    expect(await edit(3, 1)).toEqual({ outcomes: ['conflict'], errors: 0, logged: false })
    expect(await edit('2')).toEqual({ outcomes: ['unchanged'], errors: 0, logged: false })
    expect(await edit('many')).toEqual({ outcomes: ['unchanged'], errors: 1, logged: false })
    expect(await acme.rows.update(table.id, [{ id: '999999', cells: { score: 1 } }])).toMatchObject({
      rows: [],
      missing: ['999999'],
    })
  })

  it.skipIf(name === 'embedded')('goes by the table as another process has made it meanwhile', async () => {
    await using test = await openOps(makeDatabase)
    await using elsewhere = createOps({ database: databaseOption(test.target) })
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const table = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Score', type: 'text' }] })
    const { rows } = await acme.rows.insert(table.id, [{ cells: { score: '1' } }])
    const id = rows[0]?.id ?? ''
    await acme.rows.update(table.id, [{ id, cells: { score: '2' } }])
    const theirs = elsewhere.forOrg({ orgId: 'acme', actor })
    await theirs.columns.retype(table.id, table.columns[0]?.id ?? '', { type: 'number' })
    expect(await acme.rows.update(table.id, [{ id, cells: { score: 'many' } }])).toMatchObject({
      errors: [{ column: 'score', code: 'INVALID_VALUE' }],
    })
    await acme.rows.update(table.id, [{ id, cells: { score: '3' } }])
    expect((await theirs.rows.get(table.id, id)).cells).toEqual({ score: 3 })
    await theirs.tables.delete(table.id)
    await expect(acme.rows.update(table.id, [{ id, cells: { score: 4 } }])).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
