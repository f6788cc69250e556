import { createOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases } from '../databases/describe-databases.ts'
import { withClient } from '../databases/with-client.ts'
import { databaseOption, migrated, openOps } from './testing/open-ops.ts'
import { recordingPool } from './testing/recording-pool.ts'

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

  it.skipIf(name === 'embedded')('becomes a function in the database, which does the same', async () => {
    await using database = await makeDatabase(migrated)
    if (database.kind === 'embedded') throw new Error('Embedded databases send no statement behind another.')
    await using pool = recordingPool(database.url)
    await using ops = createOps({ database: pool })
    const acme = ops.forOrg({ orgId: 'acme', actor })
    const { id: tableId, columns } = await acme.tables.create({
      name: 'Leads',
      columns: [
        { name: 'Name', type: 'text' },
        { name: 'Tags', type: 'tags', settings: { options: [{ id: 'hot', name: 'Hot' }] } },
        { name: 'Extra', type: 'json' },
        { name: 'Score', type: 'number' },
      ],
    })
    const { rows } = await acme.rows.insert(tableId, [{ cells: { name: 'Ada' } }])
    const id = rows[0]?.id ?? ''
    let version = 1
    const edit = async (cells: Record<string, unknown>) => {
      const done = await acme.rows.update(tableId, [{ id, version, cells }])
      version = done.rows[0]?.version ?? 0
      return done.rows[0]?.outcome
    }
    const cellsOf = (round: number) => ({
      name: `O'Hara \\ ${round}`,
      tags: ['Hot'],
      extra: { round },
      score: `${round}.5`,
    })
    let round = 0
    await expect
      .poll(async () => {
        round += 1
        expect(await edit(cellsOf(round))).toBe('updated')
        return pool.lastEdit()
      })
      .toMatch(/^select "ops_\w+"\."t1_e_/)
    const row = await acme.rows.get(tableId, id)
    expect(row).toMatchObject({ version, cells: { name: `O'Hara \\ ${round}`, extra: { round }, score: round + 0.5 } })
    expect(await edit(cellsOf(round))).toBe('unchanged')
    const other = await acme.rows.update(tableId, [{ id, version: 1, cells: cellsOf(0) }])
    expect(other.rows).toMatchObject([{ outcome: 'conflict' }])
    await acme.undo()
    const undone = (await acme.rows.get(tableId, id)).cells
    expect(undone).toMatchObject({ name: `O'Hara \\ ${round - 1}`, extra: { round: round - 1 } })
    await acme.columns.delete(tableId, columns[3]?.id ?? '')
    expect(await acme.rows.update(tableId, [{ id, cells: { name: 'Ada', tags: [], extra: null } }])).toMatchObject({
      rows: [{ outcome: 'updated' }],
    })
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

  it.skipIf(name === 'embedded')('keeps few functions, whichever columns are edited', async () => {
    await using test = await openOps(makeDatabase)
    if (test.target.kind === 'embedded') throw new Error('Edits of embedded databases make no functions.')
    const { url } = test.target
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const keys = Array.from({ length: 7 }, (_, place) => `c${place}`)
    const columns = keys.map((key) => ({ name: key, key, type: 'number' }))
    const table = await acme.tables.create({ name: 'Wide', columns })
    const { rows } = await acme.rows.insert(table.id, [{ cells: {} }])
    const id = rows[0]?.id ?? ''
    for (let choice = 1; choice < 2 ** keys.length; choice++) {
      const chosen = keys.filter((_, place) => (choice >> place) % 2 === 1)
      for (const round of [1, 2]) {
        const cells = Object.fromEntries(chosen.map((key) => [key, choice * 10 + round]))
        await acme.rows.update(table.id, [{ id, cells }])
      }
    }
    expect((await acme.rows.get(table.id, id)).cells).toEqual(Object.fromEntries(keys.map((key) => [key, 1_272])))
    const { rows: counted } = await withClient(url, (client) =>
      client.query("select count(*)::int as count from pg_proc where starts_with(proname, 't1_e_')"),
    )
    expect(counted[0].count).toBeGreaterThan(0)
    expect(counted[0].count).toBeLessThanOrEqual(50)
  })
})
