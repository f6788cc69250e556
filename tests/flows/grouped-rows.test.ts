import type { Json } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'

describeDatabases('rows in groups', (makeDatabase) => {
  it('are windows of their group, and each is located where those windows have it', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'ann' } })
    const { id } = await acme.tables.create({
      name: 'Deals',
      columns: [
        { name: 'City', type: 'text' },
        { name: 'Closes', type: 'date' },
        { name: 'Amount', type: 'number' },
      ],
    })
    const cities = ['bern', 'Bern', 'Århus', null, 'oslo']
    await acme.rows.insert(
      id,
      Array.from({ length: 60 }, (_, n) => ({
        cells: {
          city: cities[n % 5] ?? null,
          closes: n % 7 === 0 ? null : `2026-0${1 + (n % 4)}-1${n % 3}`,
          amount: n % 9 === 0 ? null : (n * 37) % 20,
        },
      })),
    )
    const groupBy = [{ column: 'city' }, { column: 'closes', by: 'month', dir: 'desc' }] as const
    for (const dir of ['asc', 'desc'] as const) {
      const order = { groupBy, sort: [{ column: 'amount', dir }] }
      const { groups } = await acme.rows.groups(id, { groupBy, limit: 1_000 })
      const seen = new Map<string, { path: readonly Json[]; index: number }>()
      for (const { path, count } of groups.filter((group) => group.path.length === 2)) {
        const rows = await acme.rows.window(id, { ...order, path, offset: 0, limit: 100 })
        expect(rows).toHaveLength(count)
        for (const row of rows) expect(row.cells.city).toBe(path[0])
        for (const [index, row] of rows.entries()) seen.set(row.id, { path, index })
      }
      expect(seen.size).toBe(60)
      for (const [rowId, place] of seen) expect(await acme.rows.locate(id, { ...order, rowId })).toEqual(place)
    }
    const filter = { column: 'amount', op: 'gt', value: 15 } as const
    const [first] = await acme.rows.window(id, { filter, offset: 3, limit: 1 })
    expect(await acme.rows.locate(id, { filter, rowId: first?.id ?? '' })).toEqual({ path: [], index: 3 })
    const [small] = await acme.rows.window(id, { filter: { column: 'amount', op: 'lt', value: 5 }, offset: 0 })
    expect(await acme.rows.locate(id, { filter, rowId: small?.id ?? '' })).toBeNull()
    await expect(acme.rows.window(id, { path: ['bern'], offset: 0 })).rejects.toMatchObject({ code: 'INVALID_QUERY' })
  })
})
