import { createOps, type OrgOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases } from '../databases/describe-databases.ts'
import { withClient } from '../databases/with-client.ts'
import { makeLogin } from './testing/make-login.ts'
import { databaseOption, openOps } from './testing/open-ops.ts'
import { rawQuery } from './testing/raw-query.ts'

const actor = { type: 'user', id: 'u1' } as const

async function fill(org: OrgOps): Promise<string> {
  const table = await org.tables.create({
    name: 'Leads',
    columns: [
      { name: 'Name', type: 'text', unique: true },
      { name: 'Score', type: 'number' },
    ],
  })
  await org.rows.insert(table.id, [{ cells: { name: 'Ada', score: 'many' } }], { onInvalid: 'keep' })
  await org.rows.load(table.id, [{ cells: { score: 2 } }])
  await org.columns.create(table.id, { name: 'City', type: 'text' })
  await org.columns.retype(table.id, 'score', { type: 'text' })
  await org.undo()
  return table.id
}

const ownersSql = `
  select o.org_id as org, pg_get_userbyid(n.nspowner)::text as owner, o.short_id as short,
    (select count(*)::int from pg_class c where c.relnamespace = n.oid and c.relowner <> n.nspowner) as others
  from opslayer.orgs o join pg_namespace n on n.nspname = 'ops_' || o.short_id order by 1`

describeDatabases('tenantRoles', (makeDatabase, name) => {
  it('gives each org a role that owns all of its schema, and takes it away with the org', async () => {
    await using test = await openOps(makeDatabase, { tenantRoles: true })
    for (const orgId of ['acme', 'other']) await fill(test.ops.forOrg({ orgId, actor }))
    await test.ops.importOrg('copy', test.ops.exportOrg('acme'))
    await test.ops.forOrg({ orgId: 'gone', actor }).tables.create({ name: 'T' })
    await test.ops.close()
    const gone = (await rawQuery(test.target, ownersSql)).find(({ org }) => org === 'gone')
    const again = createOps({ database: databaseOption(test.target), tenantRoles: true })
    await again.eraseOrg('gone')
    await again.close()
    const owners = await rawQuery(test.target, ownersSql)
    expect(owners.map(({ org, others }) => [org, others])).toEqual([
      ['acme', 0],
      ['copy', 0],
      ['other', 0],
    ])
    expect(new Set(owners.map(({ owner }) => owner)).size).toBe(3)
    const left = await rawQuery(test.target, `select rolname from pg_roles where rolname = '${gone?.owner}'`)
    expect(left).toEqual([])
    // The option decides for new orgs; those that have a role keep it.
    await using plain = createOps({ database: databaseOption(test.target) })
    expect((await plain.forOrg({ orgId: 'acme', actor }).tables.list()).items).toHaveLength(1)
    await fill(plain.forOrg({ orgId: 'acme', actor }))
    for (const orgId of ['acme', 'copy', 'other']) expect(await plain.eraseOrg(orgId)).toEqual({ erased: true })
  })

  if (name === 'embedded') return

  it('shuts the role of one org out of the schema and the catalog rows of another', async () => {
    await using test = await openOps(makeDatabase, { tenantRoles: true })
    for (const orgId of ['acme', 'other']) await fill(test.ops.forOrg({ orgId, actor }))
    const [acme, other] = await rawQuery(test.target, ownersSql)
    if (test.target.kind !== 'server') return
    await withClient(test.target.url, async (client) => {
      await client.query(`begin; set local role "${acme?.owner}"; select set_config('opslayer.org', 'acme', true)`)
      expect((await client.query('select org_id from opslayer.orgs')).rows).toEqual([{ org_id: 'acme' }])
      expect((await client.query(`select from ops_${acme?.short}.t1`)).rows).toHaveLength(2)
      await expect(client.query(`select from ops_${other?.short}.t1`)).rejects.toMatchObject({ code: '42501' })
      await client.query('rollback')
    })
    for (const orgId of ['acme', 'other']) await test.ops.eraseOrg(orgId)
  })

  it('lets another process erase the org, whose role is then gone under those that know it', async () => {
    await using test = await openOps(makeDatabase, { tenantRoles: true })
    await using second = createOps({ database: databaseOption(test.target) })
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const calls = [
      (table: string) => acme.rows.update(table, [{ id: '1', cells: { name: 'Eve' } }]),
      (table: string) => acme.rows.page(table),
      (table: string) => acme.rows.insert(table, [{ cells: {} }]),
    ]
    for (const call of calls) {
      const { id: table } = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Name', type: 'text' }] })
      await acme.rows.insert(table, [{ cells: { name: 'Ada' } }])
      await call(table)
      await second.eraseOrg('acme')
      await expect(call(table)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await test.ops.eraseOrg('acme')
    }
  })

  it('works for a login that may make roles, and says so where it may not', async () => {
    await using database = await makeDatabase()
    if (database.kind !== 'server') return
    const mayCreate = (login: string, target: string): string => `grant create on database ${target} to ${login}`
    await using login = await makeLogin(database, 'createrole', mayCreate)
    await using ops = createOps({ database: login.url, tenantRoles: true })
    await ops.migrate()
    await fill(ops.forOrg({ orgId: 'acme', actor }))
    await ops.forOrg({ orgId: 'acme', actor }).advisor.run()
    await ops.importOrg('copy', ops.exportOrg('acme'))
    await ops.eraseOrg('acme')
    await withClient(database.url, (client) => client.query(`alter role ${login.name} nocreaterole`))
    for (const call of [() => ops.migrate(), () => ops.forOrg({ orgId: 'new', actor }).tables.list()]) {
      await expect(call()).rejects.toMatchObject({
        code: 'DATABASE_UNSUITABLE',
        message: expect.stringContaining('createrole'),
      })
    }
    await ops.forOrg({ orgId: 'copy', actor }).tables.list()
    await withClient(database.url, (client) => client.query(`alter role ${login.name} createrole`))
    await ops.eraseOrg('copy')
  })
})
