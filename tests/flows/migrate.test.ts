import { createOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases, describeOneDatabase } from '../databases/describe-databases.ts'
import { nextJson, startChild } from './testing/child.ts'
import { databaseOption, openOps } from './testing/open-ops.ts'
import { rawQuery } from './testing/raw-query.ts'

const actor = { type: 'user', id: 'u1' } as const

describeDatabases('migrate', (makeDatabase, name) => {
  it('makes the catalog once, and says how things stand before and after', async () => {
    await using database = await makeDatabase()
    await using ops = createOps({ database: databaseOption(database) })
    const before = (await ops.migrationStatus()).main
    expect(before).toMatchObject({ current: 0, state: 'pending', orgs: { all: 0, behind: 0, newer: 0 } })
    expect(before?.pending).toHaveLength(before?.wanted ?? 0)
    await expect(ops.forOrg({ orgId: 'acme', actor }).tables.list()).rejects.toMatchObject({ code: 'SCHEMA_MISSING' })
    expect(await ops.migrate()).toEqual({ main: { from: 0, to: before?.wanted, applied: before?.pending, orgs: 0 } })
    expect(await ops.migrate()).toEqual({ main: { from: before?.wanted, to: before?.wanted, applied: [], orgs: 0 } })
    await ops.forOrg({ orgId: 'acme', actor }).tables.list()
    expect((await ops.migrationStatus()).main).toMatchObject({
      state: 'current',
      pending: [],
      orgs: { all: 1, behind: 0, newer: 0 },
    })
    expect(await ops.lint()).toEqual({ main: [] })
  })

  it('brings schemas of orgs up to date: one at its next call, the rest in a sweep', async () => {
    await using test = await openOps(makeDatabase)
    for (const orgId of ['a', 'b', 'c']) await test.ops.forOrg({ orgId, actor }).tables.create({ name: 'T' })
    await test.ops.close()
    await setBack(test.target, ['a', 'b'])
    await using ops = createOps({ database: databaseOption(test.target) })
    expect((await ops.migrationStatus()).main?.orgs).toEqual({ all: 3, behind: 2, newer: 0 })
    const a = ops.forOrg({ orgId: 'a', actor })
    await Promise.all([a.tables.create({ name: 'U' }), a.tables.create({ name: 'V' }), a.tables.list()])
    expect((await ops.migrationStatus()).main?.orgs).toEqual({ all: 3, behind: 1, newer: 0 })
    expect((await ops.migrate()).main).toMatchObject({ applied: [], orgs: 1 })
    for (const orgId of ['a', 'b', 'c']) await ops.forOrg({ orgId, actor }).tables.create({ name: 'W' })
  })

  if (name === 'embedded') return

  it('lets two processes that start at once both succeed', async () => {
    await using database = await makeDatabase()
    if (database.kind !== 'server') return
    await using one = startChild('migrate.ts', database.url)
    await using other = startChild('migrate.ts', database.url)
    const reports = await Promise.all([nextJson(one), nextJson(other)])
    const applied = reports.map((report) => (report as { main: { applied: string[] } }).main.applied)
    await using ops = createOps({ database: database.url })
    const { wanted = 0 } = (await ops.migrationStatus()).main ?? {}
    expect(new Set(applied.flat()).size).toBe(wanted)
    expect(applied.flat()).toHaveLength(wanted)
    expect(await ops.lint()).toEqual({ main: [] })
  })

  it('reaches processes that have the org in their cache', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    await acme.tables.create({ name: 'T' })
    await setBack(test.target, ['acme'])
    await using second = createOps({ database: databaseOption(test.target) })
    await Promise.all([acme.tables.create({ name: 'U' }), second.migrate(), acme.tables.create({ name: 'V' })])
    expect((await acme.tables.list()).items).toHaveLength(3)
  })
})

describeOneDatabase('migrate', (makeDatabase) => {
  it('refuses a catalog that a newer opslayer has made', async () => {
    await using test = await openOps(makeDatabase)
    await test.ops.close()
    await rawQuery(test.target, `insert into opslayer.migrations (version, name) values (999, 'from the future')`)
    await using ops = createOps({ database: databaseOption(test.target) })
    await expect(ops.migrate()).rejects.toMatchObject({ code: 'SCHEMA_NEWER' })
    expect((await ops.migrationStatus()).main).toMatchObject({ current: 999, state: 'newer' })
  })

  it('brings all other orgs up to date where one of them cannot be', async () => {
    await using test = await openOps(makeDatabase)
    for (const orgId of ['a', 'b', 'c']) await test.ops.forOrg({ orgId, actor }).tables.create({ name: 'T' })
    await test.ops.close()
    await setBack(test.target, ['b', 'c'])
    await rawQuery(test.target, `update opslayer.orgs set schema_version = 0 where org_id = 'a'`)
    await using ops = createOps({ database: databaseOption(test.target) })
    await expect(ops.migrate()).rejects.toThrow('refused a statement')
    expect((await ops.migrationStatus()).main?.orgs).toEqual({ all: 3, behind: 1, newer: 0 })
  })

  it('refuses the org whose schema a newer opslayer has made, and no other', async () => {
    await using test = await openOps(makeDatabase)
    for (const orgId of ['acme', 'other']) await test.ops.forOrg({ orgId, actor }).tables.create({ name: 'T' })
    await test.ops.close()
    await rawQuery(test.target, `update opslayer.orgs set schema_version = 999, revision = 2 where org_id = 'acme'`)
    await using ops = createOps({ database: databaseOption(test.target) })
    await expect(ops.forOrg({ orgId: 'acme', actor }).tables.list()).rejects.toMatchObject({ code: 'SCHEMA_NEWER' })
    expect((await ops.forOrg({ orgId: 'other', actor }).tables.list()).items).toHaveLength(1)
    expect((await ops.migrate()).main).toMatchObject({ orgs: 0 })
    expect((await ops.migrationStatus()).main?.orgs).toEqual({ all: 2, behind: 0, newer: 1 })
  })
})

/** Takes the fixed tables of orgs away, as if they had been made before there were any. */
async function setBack(target: Parameters<typeof rawQuery>[0], orgIds: readonly string[]): Promise<void> {
  for (const { short_id: id } of await rawQuery(
    target,
    'update opslayer.orgs set schema_version = 0, revision = revision + 1 where org_id = any ($1::text[]) returning short_id',
    [orgIds],
  )) {
    await rawQuery(
      target,
      `begin; drop table ops_${id}.changes; drop sequence ops_${id}.change_numbers; alter table ops_${id}.t1 alter _id drop default; drop sequence ops_${id}.row_ids; commit`,
    )
  }
}
