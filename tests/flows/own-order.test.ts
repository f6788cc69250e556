import type { OrgOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'

async function namesOf(acme: OrgOps, tableId: string): Promise<unknown[]> {
  const names: unknown[] = []
  for await (const rows of acme.rows.pages(tableId, { limit: 2 })) names.push(...rows.map(({ cells }) => cells.name))
  return names
}

const named = (...names: string[]) => names.map((name) => ({ cells: { name } }))

describeDatabases('the order of a locale', (makeDatabase, database) => {
  it('is offered where the server has it, page by page, and refused with a sentence elsewhere', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const { id } = await acme.tables.create({ name: 'Words', columns: [{ name: 'Name', type: 'text' }] })
    await acme.rows.insert(id, [...named('zebra', 'öl', 'apfel'), { cells: {} }])
    const ordered = async (locale?: string): Promise<unknown[]> => {
      const names: unknown[] = []
      const sort = [{ column: 'name', ...(locale !== undefined && { locale }) }]
      for await (const rows of acme.rows.pages(id, { limit: 1, sort }))
        names.push(...rows.map(({ cells }) => cells.name))
      return names
    }
    expect(await ordered()).toEqual(['apfel', 'öl', 'zebra', null])
    const refused = { code: 'UNSUPPORTED', message: expect.stringContaining('cannot order text by the locale') }
    await expect(ordered('qq')).rejects.toMatchObject(refused)
    if (database === 'embedded') return await expect(ordered('sv')).rejects.toMatchObject(refused)
    expect(await ordered('sv')).toEqual(['apfel', 'zebra', 'öl', null])
    expect(await ordered('de')).toEqual(['apfel', 'öl', 'zebra', null])
  })
})

describeDatabases('the rows’ own order', (makeDatabase) => {
  it('is that of their making until a row is put at a place, and pages begun before go on', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const leads = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Name', type: 'text' }] })
    await acme.rows.insert(leads.id, named('a', 'b'))
    await acme.rows.load(leads.id, named('c', 'd'))
    expect(await namesOf(acme, leads.id)).toEqual(['a', 'b', 'c', 'd'])
    const before = await acme.rows.page(leads.id, { limit: 2 })

    const last = (await acme.rows.window(leads.id, { offset: 3 }))[0]
    await acme.rows.move(leads.id, [last?.id ?? ''], { at: 'start' })
    const after = await acme.rows.page(leads.id, { cursor: before.nextCursor ?? '' })
    expect(after.rows.map(({ cells }) => cells.name)).toEqual(['c'])
    await acme.rows.insert(leads.id, named('x', 'y'), { place: { before: before.rows[1]?.id ?? '' } })
    await acme.rows.load(leads.id, named('e'))
    expect(await namesOf(acme, leads.id)).toEqual(['d', 'a', 'x', 'y', 'b', 'c', 'e'])
    expect((await acme.rows.window(leads.id, { offset: 2, limit: 2 })).map(({ cells }) => cells.name)).toEqual([
      'x',
      'y',
    ])
    await acme.undo()
    await acme.undo()
    await acme.undo()
    expect(await namesOf(acme, leads.id)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('begins with the first row that is made at a place, and travels with copies and archives', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const leads = await acme.tables.create({ name: 'Leads', columns: [{ name: 'Name', type: 'text' }] })
    const plain = await acme.tables.create({ name: 'Plain', columns: [{ name: 'Name', type: 'text' }] })
    await acme.rows.insert(leads.id, named('b', 'c'))
    await acme.rows.insert(plain.id, named('b', 'c'))
    await acme.rows.insert(leads.id, named('a'), { place: { at: 'start' } })
    const order = ['a', 'b', 'c']
    expect(await namesOf(acme, leads.id)).toEqual(order)
    const copy = await acme.tables.duplicate(leads.id)
    expect(await namesOf(acme, copy.id)).toEqual(order)

    await test.ops.importOrg('copied', test.ops.exportOrg('acme'))
    const copied = test.ops.forOrg({ orgId: 'copied', actor: { type: 'user', id: 'u1' } })
    expect(await namesOf(copied, leads.id)).toEqual(order)
    const [first, second] = (await copied.rows.page(plain.id)).rows
    await copied.rows.move(plain.id, [second?.id ?? ''], { before: first?.id ?? '' })
    expect(await namesOf(copied, plain.id)).toEqual(['c', 'b'])
  })
})
