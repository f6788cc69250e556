import { createOps, type OrgOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases } from '../databases/describe-databases.ts'
import { databaseOption, openOps } from './testing/open-ops.ts'
import { rawQuery } from './testing/raw-query.ts'

const actor = { type: 'user', id: 'u1' } as const

async function fill(org: OrgOps, rows = 3): Promise<string> {
  const table = await org.tables.create({
    name: 'Leads',
    columns: [
      { name: 'Email', type: 'email', unique: true },
      { name: 'Score', type: 'number' },
    ],
  })
  await org.rows.insert(
    table.id,
    Array.from({ length: rows }, (_, n) => ({ cells: { email: `a${n}@example.com`, score: n } })),
  )
  return table.id
}

const leftSql = `
  select (select count(*)::int from pg_namespace where nspname like 'ops\\_%') as schemas,
    (select count(*)::int from opslayer.orgs) as orgs, (select count(*)::int from opslayer.tables) as tables,
    (select count(*)::int from opslayer.columns) as columns`

describeDatabases('eraseOrg', (makeDatabase, name) => {
  it('removes everything of the org and nothing of another', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const other = test.ops.forOrg({ orgId: 'other', actor })
    for (let tables = 0; tables < 12; tables += 1) await fill(acme)
    const kept = await fill(other)
    expect(await test.ops.eraseOrg('acme')).toEqual({ erased: true })
    expect(await test.ops.eraseOrg('acme')).toEqual({ erased: false })
    expect(await other.rows.count(kept)).toMatchObject({ count: 3 })
    await test.ops.close()
    expect(await rawQuery(test.target, leftSql)).toEqual([{ schemas: 1, orgs: 1, tables: 1, columns: 2 }])
  })

  it('leaves a new, empty org to whoever comes next', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const table = await fill(acme)
    await test.ops.eraseOrg('acme')
    await expect(acme.rows.count(table)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(acme.rows.insert(table, [{ cells: {} }])).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await acme.tables.list()).items).toEqual([])
    expect(await acme.rows.count(await fill(acme))).toMatchObject({ count: 3 })
  })

  it('goes on where it was interrupted, and until then says that the org is being erased', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    for (let tables = 0; tables < 12; tables += 1) await fill(acme)
    const stop = new AbortController()
    const erasing = test.ops.eraseOrg('acme', { signal: stop.signal })
    const seen = await acme.tables.list().then(
      () => 'listed',
      (error) => error.code,
    )
    stop.abort(new Error('killed'))
    await expect(erasing).rejects.toThrow('killed')
    expect(['listed', 'ORG_UNAVAILABLE']).toContain(seen)
    expect(await test.ops.eraseOrg('acme')).toEqual({ erased: true })
    expect((await acme.tables.list()).items).toEqual([])
  })

  if (name === 'embedded') return

  it('is noticed by other processes, which have the org in their cache', async () => {
    await using test = await openOps(makeDatabase)
    await using second = createOps({ database: databaseOption(test.target) })
    const here = test.ops.forOrg({ orgId: 'acme', actor })
    const there = second.forOrg({ orgId: 'acme', actor })
    const table = await fill(here)
    expect(await there.rows.count(table)).toMatchObject({ count: 3 })
    await test.ops.eraseOrg('acme')
    await expect(there.rows.insert(table, [{ cells: {} }])).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await there.tables.list()).items).toEqual([])
    await rawQuery(test.target, `update opslayer.orgs set state = 'erasing', revision = revision + 1`)
    for (const org of [here, there]) {
      await expect(org.tables.create({ name: 'x' })).rejects.toMatchObject({ code: 'ORG_UNAVAILABLE' })
    }
  })

  it('never lets a writer into what it has begun to remove', async () => {
    await using test = await openOps(makeDatabase)
    await using second = createOps({ database: databaseOption(test.target) })
    const there = second.forOrg({ orgId: 'acme', actor })
    for (let round = 0; round < 5; round += 1) {
      const table = await fill(there, 50)
      const outcomes = new Set<string>()
      const writers = Array.from({ length: 4 }, async () => {
        for (;;) {
          const code = await there.rows.insert(table, [{ cells: { score: 1 } }]).then(
            () => 'written',
            (error) => error.code,
          )
          outcomes.add(code)
          if (code === 'NOT_FOUND') return
        }
      })
      const readers = Array.from({ length: 2 }, async () => {
        for (;;) {
          const code = await there.rows.page(table).then(
            () => 'read',
            (error) => error.code,
          )
          outcomes.add(code)
          if (code === 'NOT_FOUND') return
        }
      })
      await test.ops.eraseOrg('acme')
      await Promise.all([...writers, ...readers])
      expect(
        [...outcomes].filter((code) => !['written', 'read', 'NOT_FOUND', 'ORG_UNAVAILABLE'].includes(code)),
      ).toEqual([])
    }
  })
})
