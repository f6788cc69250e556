import { expect, it } from 'vitest'
import { describeDatabases } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'

const actor = { type: 'user', id: 'u1' } as const

describeDatabases('external keys', (makeDatabase) => {
  it('are unique from the first one on, however it came in', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const row = { externalKey: 'k1', source: { id: 'crm' }, cells: { name: 'Ada' } }
    const ways = {
      insert: (id: string) => acme.rows.insert(id, [row]),
      load: (id: string) => acme.rows.load(id, [row]),
      upsert: (id: string) => acme.rows.upsert(id, [row], { match: 'external-key' }),
    }
    for (const [name, write] of Object.entries(ways)) {
      const table = await acme.tables.create({ name, columns: [{ name: 'Name', type: 'text' }] })
      await acme.rows.insert(table.id, [{ cells: { name: 'without a key' } }])
      await write(table.id)
      const again = await acme.rows.upsert(table.id, [{ ...row, cells: { name: 'Ada L.' } }], { match: 'external-key' })
      expect(again.rows.map(({ outcome }) => outcome)).toEqual(['updated'])
      await expect(acme.rows.insert(table.id, [row])).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' })
      await test.ops.importOrg(`copy-${name}`, test.ops.exportOrg('acme'))
      const copy = test.ops.forOrg({ orgId: `copy-${name}`, actor })
      await expect(copy.rows.insert(table.id, [row])).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' })
      expect((await copy.rows.page(table.id)).rows.map(({ cells }) => cells)).toEqual([
        { name: 'without a key' },
        { name: 'Ada L.' },
      ])
    }
  })

  it('may come in at once from many callers', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const table = await acme.tables.create({ name: 'T', columns: [{ name: 'Name', type: 'text' }] })
    const rows = [{ externalKey: 'k1', cells: { name: 'Ada' } }]
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => acme.rows.upsert(table.id, rows, { match: 'external-key' })),
    )
    expect(outcomes.filter((outcome) => outcome.rows[0]?.outcome === 'inserted')).toHaveLength(1)
    expect((await acme.rows.count(table.id)).count).toBe(1)
  })
})
