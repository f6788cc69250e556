import { createOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases, describeOneDatabase } from '../databases/describe-databases.ts'
import { databaseOption, openOps } from './testing/open-ops.ts'

const actor = { type: 'user', id: 'u1' } as const

describeDatabases('settings of an org', (makeDatabase, name) => {
  it('say in which zone days begin', async () => {
    // 23:30 on the 9th in New York, 12:30 on the 10th in Tokyo.
    await using test = await openOps(makeDatabase, { now: () => new Date('2026-03-10T03:30:00Z') })
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    expect(await acme.settings.get()).toEqual({ timeZone: 'UTC', locale: 'en-US' })
    const log = await acme.tables.create({ name: 'Log', columns: [{ name: 'At', type: 'datetime' }] })
    await acme.rows.insert(log.id, [
      { cells: { at: '2026-03-09T12:00:00Z' } },
      { cells: { at: '2026-03-10T02:00:00Z' } },
      { cells: { at: '2026-03-09T20:00:00Z' } },
    ])
    const today = async (): Promise<number> =>
      (await acme.rows.page(log.id, { filter: { column: 'at', op: 'within', value: 'today' } })).rows.length
    expect(await today()).toBe(1)
    expect(await acme.settings.update({ timeZone: 'America/New_York' })).toEqual({
      timeZone: 'America/New_York',
      locale: 'en-US',
    })
    expect(await today()).toBe(3)
    await acme.settings.update({ timeZone: 'Asia/Tokyo', locale: 'ja' })
    expect(await today()).toBe(2)
    expect(await acme.settings.get()).toEqual({ timeZone: 'Asia/Tokyo', locale: 'ja' })
  })

  if (name === 'embedded') return

  it('reach other processes with their next call', async () => {
    await using test = await openOps(makeDatabase)
    await using second = createOps({ database: databaseOption(test.target) })
    const here = test.ops.forOrg({ orgId: 'acme', actor })
    const there = second.forOrg({ orgId: 'acme', actor })
    const table = await there.tables.create({ name: 'Prices', columns: [{ name: 'Price', type: 'number' }] })
    await here.settings.update({ locale: 'de-DE' })
    const { rows } = await there.rows.insert(table.id, [{ cells: { price: '1.234,5' } }])
    expect(rows[0]?.cells).toEqual({ price: 1234.5 })
  })
})

describeOneDatabase('settings of an org', (makeDatabase) => {
  it('are refused when they name no zone or locale', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    for (const timeZone of ['Mars/Olympus', '+02:00', '', 'Europe/Berlin\0', '__proto__', "'; --"]) {
      await expect(acme.settings.update({ timeZone })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        path: ['settings', 'timeZone'],
      })
    }
    for (const locale of ['english', 'x', '', 'en_US', 'constructor', 'tlh']) {
      await expect(acme.settings.update({ locale })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        path: ['settings', 'locale'],
      })
    }
    await expect(acme.settings.update({ zone: 'UTC' } as never)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    expect(await acme.settings.get()).toEqual({ timeZone: 'UTC', locale: 'en-US' })
  })
})
