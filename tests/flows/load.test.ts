import type { OrgOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'

async function createLeads(acme: OrgOps): Promise<string> {
  const { id } = await acme.tables.create({
    name: 'Leads',
    columns: [
      { name: 'Name', type: 'text' },
      { name: 'Score', type: 'number', defaultValue: 10 },
      { name: 'Labels', type: 'tags', settings: { options: [{ id: 'vip', name: 'VIP' }] } },
      { name: 'Notes', type: 'long_text' },
    ],
  })
  return id
}

const actor = { type: 'user', id: 'u1' } as const

describeDatabases('load', (makeDatabase) => {
  it('writes what its types read, with every character that COPY escapes', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const tableId = await createLeads(acme)
    const notes = 'tab\there, back\\slash, \\N, \\., line\nbreak and “quotes”'
    const loaded = await acme.rows.load(tableId, [
      { cells: { name: ' Ada ', score: '1,234.5', labels: 'VIP', notes } },
      { cells: { name: 'Bob', score: null }, externalKey: 'b\\1', source: { id: 'crm', note: 'a\tb' } },
      { cells: {} },
    ])
    expect(loaded).toMatchObject({ rows: 3, errors: 0 })
    const { rows } = await acme.rows.page(tableId)
    expect(rows.map(({ cells, externalKey }) => ({ ...cells, externalKey }))).toEqual([
      { name: 'Ada', score: 1234.5, labels: ['vip'], notes, externalKey: null },
      { name: 'Bob', score: null, labels: null, notes: null, externalKey: 'b\\1' },
      { name: null, score: 10, labels: null, notes: null, externalKey: null },
    ])
  })

  it('keeps texts that do not fit beside their rows, also in a table that kept none before', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const tableId = await createLeads(acme)
    const rows = Array.from({ length: 600 }, (_, place) => ({ cells: { score: place === 500 ? 'many' : place } }))
    expect(await acme.rows.load(tableId, rows, { onInvalid: 'keep' })).toMatchObject({ rows: 600, errors: 1 })
    const page = await acme.rows.page(tableId, { limit: 1000 })
    expect(page.rows).toHaveLength(600)
    expect(page.rows.flatMap(({ warnings }, place) => (warnings === undefined ? [] : [{ place, warnings }]))).toEqual([
      { place: 500, warnings: { score: expect.objectContaining({ original: 'many' }) } },
    ])
  })

  it('leaves out rejected rows and says where they were', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const tableId = await createLeads(acme)
    const errors: number[] = []
    async function* rows() {
      for (let place = 0; place < 12_000; place += 1)
        yield { cells: { score: place % 4_000 === 3_999 ? 'many' : place } }
    }
    const loaded = await acme.rows.load(tableId, rows(), {
      onInvalid: 'reject',
      onErrors: (found) => errors.push(...found.map(({ index }) => index)),
    })
    expect(loaded).toMatchObject({ rows: 11_997, errors: 3 })
    expect(errors).toEqual([3_999, 7_999, 11_999])
    expect(await acme.rows.count(tableId)).toEqual({ count: 11_997, exact: true })
  })

  it('writes nothing of a chunk with a row that is no row, and goes on working', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const tableId = await createLeads(acme)
    const rows = Array.from({ length: 900 }, (_, place) => ({
      cells: place === 850 ? { sscore: 1 } : { score: place },
    }))
    await expect(acme.rows.load(tableId, rows)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      path: [850, 'cells', 'sscore'],
      message: expect.stringContaining('score'),
    })
    expect(await acme.rows.count(tableId)).toEqual({ count: 0, exact: true })
    expect(await acme.rows.load(tableId, rows.slice(0, 800))).toMatchObject({ rows: 800 })
  })
})
