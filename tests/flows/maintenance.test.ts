import type { MaintenanceVisit } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases } from '../databases/describe-databases.ts'
import { openOps } from './testing/open-ops.ts'

const dayMs = 86_400_000

describeDatabases('maintenance', (makeDatabase) => {
  it('brings results of today up to date and forgets what is old, once a day', async () => {
    let now = new Date()
    await using test = await openOps(makeDatabase, { now: () => now })
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const leads = await acme.tables.create({
      name: 'Leads',
      columns: [
        { name: 'Name', type: 'text' },
        { name: 'Seen', formula: 'TODAY()' },
      ],
    })
    await acme.rows.insert(leads.id, [{ cells: { name: 'Ada' } }])
    const old = await acme.tables.create({ name: 'Old', columns: [{ name: 'Name', type: 'text' }] })
    await acme.tables.delete(old.id)
    const kept = await acme.tables.create({ name: 'Kept', columns: [{ name: 'Name', type: 'text' }] })

    const visits: MaintenanceVisit[] = []
    const errors: unknown[] = []
    const start = () =>
      test.ops.startMaintenance({
        everyMs: 10,
        onVisit: (visit) => visits.push(visit),
        onError: (error) => errors.push(error),
      })
    const visitsOf = (task: MaintenanceVisit['task']) => visits.filter((visit) => visit.task === task)

    now = new Date(now.getTime() + 31 * dayMs)
    const loops = [start(), start()]
    await expect.poll(() => [visitsOf('formulas').length > 0, visitsOf('retention').length]).toEqual([true, 1])
    expect(visitsOf('formulas')[0]).toEqual({ task: 'formulas', orgId: 'acme', tableId: leads.id, rows: 1 })
    expect(visitsOf('retention')).toEqual([
      { task: 'retention', orgId: 'acme', entries: 0, tables: 1, columns: 0, origins: 0 },
    ])
    await expect(acme.tables.restore(old.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await acme.history.table(kept.id)).toMatchObject({ items: [{}] })

    now = new Date(now.getTime() + 60 * dayMs)
    await expect.poll(() => visitsOf('retention').length).toBe(2)
    expect(visitsOf('retention')[1]).toMatchObject({ entries: expect.any(Number), tables: 0 })
    expect(visitsOf('retention')[1]).not.toMatchObject({ entries: 0 })
    for (const loop of loops) await loop.stop()
    expect(visitsOf('retention')).toHaveLength(2)
    expect(errors).toEqual([])
    expect((await acme.tables.get(kept.id)).name).toBe('Kept')
    await expect(acme.undo()).rejects.toMatchObject({ code: 'UNDO_UNAVAILABLE' })
  })
})
