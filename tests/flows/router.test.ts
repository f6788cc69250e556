import { createOps, type DatabaseRouter } from '@opslayer/core'
import { describe, expect, it } from 'vitest'
import { type DatabaseTarget, makeDatabase } from '../databases/make-database.ts'
import { testDatabases } from '../databases/test-databases.ts'
import { databaseOption } from './testing/open-ops.ts'
import { rawQuery } from './testing/raw-query.ts'

const actor = { type: 'user', id: 'u1' } as const
const servers = testDatabases.filter((name) => name !== 'embedded')
const [server = 'embedded', otherServer = server] = servers

async function orgsIn(target: DatabaseTarget): Promise<unknown[]> {
  return (await rawQuery(target, 'select org_id from opslayer.orgs order by 1')).map(({ org_id }) => org_id)
}

function optionOf(target: DatabaseTarget): DatabaseRouter['databases'][string] {
  return databaseOption(target) as DatabaseRouter['databases'][string]
}

describe('a router over databases', () => {
  it('may have one', async () => {
    await using database = await makeDatabase(server)
    const router: DatabaseRouter = { databases: { only: optionOf(database) }, databaseOf: () => 'only' }
    {
      await using ops = createOps({ database: router })
      expect(Object.keys(await ops.migrate())).toEqual(['only'])
      await ops.forOrg({ orgId: 'acme', actor }).tables.create({ name: 'T' })
    }
    expect(await orgsIn(database)).toEqual(['acme'])
  })

  it('puts each org where the host says, and follows an org that was moved', async () => {
    await using eu = await makeDatabase(server)
    await using us = await makeDatabase(otherServer)
    await using demo = await makeDatabase('embedded')
    const places = new Map([
      ['berlin', 'eu'],
      ['paris', 'eu'],
      ['boston', 'us'],
      ['trial', 'demo'],
    ])
    const router: DatabaseRouter = {
      databases: { eu: optionOf(eu), us: optionOf(us), demo: optionOf(demo) },
      databaseOf: async (orgId) => places.get(orgId) ?? 'eu',
    }
    {
      await using ops = createOps({ database: router })
      expect(Object.values(await ops.migrationStatus()).map(({ state }) => state)).toEqual(Array(3).fill('pending'))
      expect(Object.keys(await ops.migrate())).toEqual(['eu', 'us', 'demo'])
      expect(await ops.lint()).toEqual({ eu: [], us: [], demo: [] })
      const tables = new Map<string, string>()
      for (const orgId of places.keys()) {
        const org = ops.forOrg({ orgId, actor })
        const table = await org.tables.create({ name: 'Leads', columns: [{ name: 'Name', type: 'text' }] })
        await org.rows.insert(table.id, [{ cells: { name: orgId } }])
        tables.set(orgId, table.id)
      }
      const trial = ops.forOrg({ orgId: 'trial', actor })
      const table = tables.get('trial') ?? ''
      const before = await trial.rows.page(table)

      // The trial becomes a customer: out of the demo database, into the one in Europe.
      const archive = await Array.fromAsync(ops.exportOrg('trial'))
      await using mover = createOps({ database: { ...router, databaseOf: () => 'eu' } })
      await expect(mover.importOrg('berlin', archive)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' })
      places.set('trial', 'eu')
      await ops.importOrg('trial', archive)
      expect(await trial.rows.page(table)).toEqual(before)
      await trial.undo()
      expect((await trial.rows.page(table)).rows).toEqual([])
      await trial.redo()
      places.set('trial', 'demo')
      expect((await trial.rows.page(table)).rows).toEqual(before.rows)
      expect(await ops.eraseOrg('trial')).toEqual({ erased: true })
      places.set('trial', 'eu')
      expect((await trial.rows.page(table)).rows.map(({ cells }) => cells)).toEqual([{ name: 'trial' }])
      for (const [orgId, id] of tables) {
        expect((await ops.forOrg({ orgId, actor }).rows.page(id)).rows[0]?.cells).toEqual({ name: orgId })
      }
      expect((await ops.migrationStatus()).eu?.orgs.all).toBe(3)
    }
    expect(await orgsIn(eu)).toEqual(['berlin', 'paris', 'trial'])
    expect(await orgsIn(us)).toEqual(['boston'])
    expect(await orgsIn(demo)).toEqual([])
  })

  it('that names a database it does not have is told so, as is which database cannot be migrated', async () => {
    await using database = await makeDatabase('embedded')
    await using ops = createOps({
      database: {
        databases: { main: optionOf(database), gone: 'postgres://nobody@127.0.0.1:1/nothing' },
        databaseOf: (orgId) => (orgId === 'acme' ? 'mian' : 'constructor'),
      },
    })
    for (const orgId of ['acme', 'other']) {
      await expect(ops.forOrg({ orgId, actor }).tables.list()).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    }
    await expect(ops.migrate()).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message: expect.stringContaining('Database "gone"'),
    })
  })
})
