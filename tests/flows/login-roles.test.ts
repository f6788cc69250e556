import { createOps, type Ops } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeServers } from '../databases/describe-databases.ts'
import { withClient } from '../databases/with-client.ts'
import { makeLogin } from './testing/make-login.ts'

const actor = { type: 'user', id: 'u1' } as const
const mayCreate = (login: string, database: string): string => `grant create on database ${database} to ${login}`

/** What a host does in its first days. */
async function useAll(ops: Ops): Promise<void> {
  const acme = ops.forOrg({ orgId: 'acme', actor })
  const table = await acme.tables.create({
    name: 'Leads',
    columns: [
      { name: 'Name', type: 'text' },
      { name: 'Score', type: 'number' },
    ],
  })
  await acme.rows.load(table.id, [{ cells: { name: 'Ada', score: 'many' } }, { cells: { name: 'Bob' } }], {
    onInvalid: 'keep',
  })
  await acme.columns.create(table.id, { name: 'City', type: 'text' })
  await acme.columns.retype(table.id, 'score', { type: 'text' })
  await acme.rows.updateWhere(table.id, 'all', { city: 'Ulm' })
  await acme.undo()
  await acme.advisor.run()
  await ops.importOrg('copy', ops.exportOrg('acme'))
  expect(await ops.forOrg({ orgId: 'copy', actor }).rows.count(table.id)).toMatchObject({ count: 2 })
  expect(await ops.eraseOrg('acme')).toEqual({ erased: true })
  expect((await acme.tables.list()).items).toEqual([])
  expect(await ops.lint()).toEqual({ main: [] })
  expect((await ops.migrationStatus()).main).toMatchObject({ state: 'current', orgs: { all: 2 } })
}

describeServers('a login role that is no superuser', (makeDatabase) => {
  it('needs no more than to make roles and schemas', async () => {
    await using database = await makeDatabase()
    await using login = await makeLogin(database, 'createrole', mayCreate)
    await using ops = createOps({ database: login.url })
    await ops.migrate()
    await useAll(ops)
    await ops.migrate()
  })

  it('that may not make roles is told what an administrator must run, and works after that', async () => {
    await using database = await makeDatabase()
    await using login = await makeLogin(database, '')
    await using ops = createOps({ database: login.url })
    const refusal = await ops.migrate().catch((error) => error)
    expect(refusal).toMatchObject({ code: 'DATABASE_UNSUITABLE', message: expect.stringContaining('administrator') })
    const script = refusal.message.slice(refusal.message.indexOf('\n'))
    await withClient(database.url, (client) => client.query(script))
    await ops.migrate()
    await useAll(ops)
    await withClient(database.url, (client) => client.query(script))
  })

  it('that may make roles, but no schema, is told so too', async () => {
    await using database = await makeDatabase()
    await using login = await makeLogin(database, 'createrole')
    await using ops = createOps({ database: login.url })
    const refusal = await ops.migrate().catch((error) => error)
    expect(refusal).toMatchObject({ code: 'DATABASE_UNSUITABLE' })
    const script = refusal.message.slice(refusal.message.indexOf('\n'))
    await withClient(database.url, (client) => client.query(script))
    await ops.migrate()
    await useAll(ops)
  })

  it('that cannot drop its rights is refused at its first call', async () => {
    await using database = await makeDatabase()
    await using owner = createOps({ database: database.url })
    await owner.migrate()
    const reads = async (url: string): Promise<unknown> => {
      await using ops = createOps({ database: url })
      return await ops
        .forOrg({ orgId: 'acme', actor })
        .tables.list()
        .catch((error) => error)
    }
    await using stranger = await makeLogin(database, '')
    await using reader = await makeLogin(
      database,
      '',
      (login) => `grant usage on schema opslayer to ${login}`,
      (login) => `grant all on all tables in schema opslayer to ${login}`,
    )
    await using bypass = await makeLogin(
      database,
      'bypassrls',
      (login) => `grant usage on schema opslayer to ${login}`,
      (login) => `grant all on all tables in schema opslayer to ${login}`,
    )
    for (const login of [stranger, reader, bypass]) {
      expect(await reads(login.url)).toMatchObject({
        code: 'DATABASE_UNSUITABLE',
        message: expect.stringMatching(/may not switch to the roles that keep orgs apart.* grant /),
      })
    }
  })
})
