import pg from 'pg'
import { expect, it } from 'vitest'
import { describeDatabases, describeServers } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'
import { rawQuery } from './testing/raw-query.ts'

const actor = { type: 'user', id: 'u1' } as const

describeDatabases('the SQL view of a table', (makeDatabase) => {
  it('is there for plain SQL', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const leads = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Name', type: 'text' }] })
    await acme.rows.insert(leads.id, [{ cells: { name: 'Ada' } }])
    const view = await acme.tables.sqlView(leads.id)
    await acme.columns.create(leads.id, { name: 'City', formula: '@name & "ville"' })
    await test.ops.close()
    expect(await rawQuery(test.target, `select name, city from ${view.name}`)).toEqual([
      { name: 'Ada', city: 'Adaville' },
    ])
  })
})

describeServers('the SQL view of a table', (makeDatabase) => {
  it('has the keys of columns as names, and follows the table', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const leads = await acme.tables.create({
      name: 'Leads "x"; drop',
      columns: [
        { name: 'Name', type: 'text' },
        { name: 'Score', type: 'number' },
        { name: 'Twice', formula: '@score * 2' },
      ],
    })
    const [nameColumn, score] = leads.columns
    await acme.rows.insert(leads.id, [{ cells: { name: 'Ada', score: 7 } }])
    const view = await acme.tables.sqlView(leads.id)
    const read = (columns: string) => rawQuery(test.target, `select ${columns} from ${view.name}`)
    expect(await read('name, score::text, twice::text')).toEqual([{ name: 'Ada', score: '7', twice: '14' }])
    expect((await acme.tables.sqlView(leads.id)).name).toBe(view.name)
    await rawQuery(test.target, `grant select on ${view.name} to public`)
    const isGranted = async () => {
      const [row] = await rawQuery(
        test.target,
        `select exists (select from pg_class as c, aclexplode(c.relacl) as a where c.oid = '${view.name}'::regclass and a.grantee = 0) as granted`,
      )
      return row?.granted
    }

    await acme.columns.create(leads.id, { name: 'City', type: 'text' })
    await acme.columns.update(leads.id, nameColumn?.id ?? '', { key: 'full_name' })
    expect(await read('full_name, city')).toEqual([{ full_name: 'Ada', city: null }])
    await acme.columns.retype(leads.id, score?.id ?? '', { type: 'text' }, { force: true })
    expect(await read('score')).toEqual([{ score: '7' }])
    await acme.columns.delete(leads.id, score?.id ?? '', { force: true })
    await expect(read('score')).rejects.toThrow(/column "score" does not exist/)
    await acme.undo()
    expect(await read('score')).toEqual([{ score: '7' }])
    expect(await isGranted()).toBe(true)

    await acme.purge({ before: new Date(Date.now() + 1000) })
    expect(await read('score')).toEqual([{ score: '7' }])
    await acme.tables.delete(leads.id)
    await expect(read('score')).rejects.toThrow(/does not exist/)
    await acme.purge({ before: new Date(Date.now() + 1000) })
    await expect(acme.tables.sqlView(leads.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is read by a role that was granted what it says, and by no other', async () => {
    await using test = await openOps(makeDatabase)
    if (test.target.kind === 'embedded') throw new Error('Only servers are asked for.')
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const leads = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Name', type: 'text' }] })
    await acme.rows.insert(leads.id, [{ cells: { name: 'Ada' } }])
    const role = `report "${process.pid}" ${Date.now()}`
    const { name: view, grants } = await acme.tables.sqlView(leads.id, { reader: role })
    const client = new pg.Client({ connectionString: test.target.url })
    await client.connect()
    try {
      await client.query(`create role ${pg.escapeIdentifier(role)}`)
      const asReader = async (): Promise<unknown[]> => {
        await client.query(`set role ${pg.escapeIdentifier(role)}`)
        try {
          return (await client.query(`select name from ${view}`)).rows
        } finally {
          await client.query('reset role')
        }
      }
      await expect(asReader()).rejects.toMatchObject({ code: '42501' })
      for (const grant of grants) await client.query(grant)
      expect(await asReader()).toEqual([{ name: 'Ada' }])
      await acme.columns.update(leads.id, leads.columns[0]?.id ?? '', { key: 'label' })
      await acme.columns.update(leads.id, leads.columns[0]?.id ?? '', { key: 'name' })
      expect(await asReader()).toEqual([{ name: 'Ada' }])

      await client.query(`create view public.of_the_host as select name from ${view}`)
      await expect(acme.columns.delete(leads.id, leads.columns[0]?.id ?? '')).rejects.toMatchObject({
        code: 'CONFLICT',
      })
      expect(await asReader()).toEqual([{ name: 'Ada' }])
    } finally {
      await client.query(`drop view if exists public.of_the_host`)
      await client.query(`drop owned by ${pg.escapeIdentifier(role)}`)
      await client.query(`drop role ${pg.escapeIdentifier(role)}`)
      await client.end()
    }
  })
})
