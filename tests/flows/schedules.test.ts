import { createOps } from '@opslayer/core'
import { definePlugin, done } from '@opslayer/core/plugin'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { describeDatabases, describeOneDatabase, describeOneServer } from '../databases/describe-databases.ts'
import { withClient } from '../databases/with-client.ts'
import { ledgerPeople } from './testing/ledger-vendor.ts'
import { ledgerOpsOptions, openLedger } from './testing/open-ledger.ts'
import { databaseOption, openOps } from './testing/open-ops.ts'
import { rawQuery } from './testing/raw-query.ts'

const hour = 3_600_000

describeDatabases('schedules', (makeDatabase) => {
  it('start what is due once, however many processes look and ticks were missed', async () => {
    let now = Date.parse('2026-11-29T05:30:00Z')
    await using world = await openLedger(makeDatabase, ledgerPeople(3), { now: () => new Date(now) })
    const { acme, connectionId, target, vendor, ops } = world
    const feed = await acme.sources.create(null, { plugin: 'ledger', part: 'people', connectionId })
    const schedule = await acme.schedules.create({
      name: 'Mornings',
      cron: '0 7 * * *',
      timeZone: 'Europe/Berlin',
      what: { kind: 'sync', feedId: feed.id },
    })
    expect(schedule).toMatchObject({ nextAt: '2026-11-29T06:00:00.000Z', enabled: true, lastRunId: null })
    const runs = async () => (await acme.runs.list({ kind: 'sync' })).items
    const others = [ops]
    if (target.kind === 'server') {
      const options = { ...ledgerOpsOptions(vendor.url), now: () => new Date(now), database: databaseOption(target) }
      others.push(createOps(options), createOps(options))
    }
    for (const each of others) each.startWorker({ everyMs: 20 })
    now += 3 * 24 * hour
    await expect.poll(async () => (await runs()).map(({ state }) => state), { timeout: 30_000 }).toEqual(['done'])
    const [run] = await runs()
    await expect
      .poll(() => acme.schedules.get(schedule.id), { timeout: 30_000 })
      .toMatchObject({ lastRunId: run?.id, lastAt: '2026-11-29T06:00:00.000Z', nextAt: '2026-12-02T06:00:00.000Z' })
    expect(run?.actor).toEqual({ type: 'user', id: 'u1' })
    now += 24 * hour
    await expect.poll(async () => (await runs()).length, { timeout: 30_000 }).toBe(2)
    await acme.schedules.update(schedule.id, { enabled: false })
    expect((await acme.schedules.get(schedule.id)).nextAt).toBeNull()
    await acme.schedules.update(schedule.id, { enabled: true, cron: '0 9 * * 1' })
    expect((await acme.schedules.get(schedule.id)).nextAt).toBe('2026-12-07T08:00:00.000Z')
    await acme.sources.delete(feed.id)
    now += 8 * 24 * hour
    await expect
      .poll(async () => (await acme.schedules.get(schedule.id)).lastError, { timeout: 30_000 })
      .toContain('There is no feed')
    for (const each of others.slice(1)) await each.close()
    expect(await runs()).toHaveLength(2)
  })
})

describeOneDatabase('schedules', (makeDatabase) => {
  it('start actions, and tell when they are due next', async () => {
    let now = Date.parse('2026-11-29T05:30:00Z')
    await using world = await openLedger(makeDatabase, [], { now: () => new Date(now) })
    const { acme, connectionId, vendor, ops } = world
    const table = await acme.tables.create({ name: 'People', columns: [{ name: 'Email', type: 'text' }] })
    await acme.rows.insert(table.id, [{ cells: { email: 'ada@example.com' } }, { cells: { email: 'bob@example.com' } }])
    const request = { plugin: 'ledger', part: 'send_keyed', connectionId, inputs: { to: { column: 'email' } } }
    const when = { cron: '0 7 * * *', timeZone: 'Europe/Berlin' }
    const soon = ['2026-11-29T06:00:00.000Z', '2026-11-30T06:00:00.000Z', '2026-12-01T06:00:00.000Z']
    expect(await acme.schedules.nextRuns({ ...when, count: 3 })).toEqual(soon)
    expect(await acme.schedules.nextRuns({ cron: '0 0 29 2 *' })).toHaveLength(5)
    for (const wrong of [{ cron: 'soon' }, { cron: '0 0 30 2 *' }, { ...when, count: 51 }, { ...when, count: 0 }])
      await expect(acme.schedules.nextRuns(wrong)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    const what = { kind: 'action', tableId: table.id, request }
    const { id, nextAt } = await acme.schedules.create({ name: 'Greetings', ...when, what })
    expect(nextAt).toBe(soon[0])
    const wrong = { ...what, request: { ...request, inputs: { to: { column: 'nowhere' } } } }
    await expect(acme.schedules.update(id, { what: wrong })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    ops.startWorker({ everyMs: 20 })
    now += hour
    const lastRun = async () => (await acme.schedules.get(id)).lastRunId
    await expect.poll(lastRun, { timeout: 30_000 }).not.toBeNull()
    const run = await acme.runs.wait((await lastRun()) ?? '')
    expect(run).toMatchObject({ kind: 'action', state: 'done', progress: { done: 2 } })
    expect([...vendor.state.sent.values()].filter((text) => text.includes('@example.com'))).toHaveLength(2)
  })

  it('are listed and deleted, and refuse what cannot be', async () => {
    await using world = await openLedger(makeDatabase)
    const { acme, connectionId } = world
    const feed = await acme.sources.create(null, { plugin: 'ledger', part: 'people', connectionId })
    const good = { name: 'Nightly', cron: '0 2 * * *', what: { kind: 'sync', feedId: feed.id } }
    const { id } = await acme.schedules.create(good)
    await acme.schedules.create({ ...good, name: 'Second', enabled: false })
    const page = await acme.schedules.list({ limit: 1 })
    const rest = await acme.schedules.list({ cursor: page.nextCursor ?? '' })
    expect([...page.items, ...rest.items].map(({ name }) => name).sort()).toEqual(['Nightly', 'Second'])
    for (const [wrong, code] of [
      [{ cron: 'soon' }, 'INVALID_INPUT'],
      [{ cron: '* * * * * *' }, 'INVALID_INPUT'],
      [{ timeZone: 'Mars/Base' }, 'INVALID_INPUT'],
      [{ what: { kind: 'dance' } }, 'INVALID_INPUT'],
      [{ what: { kind: 'column', tableId: feed.tableId, columnId: 'email' } }, 'INVALID_INPUT'],
      [{ what: { kind: 'column', tableId: feed.tableId, columnId: 'nowhere' } }, 'NOT_FOUND'],
      [{ what: { kind: 'sync', feedId: 'fed_zzzzzzzzzzzzzzzz' } }, 'NOT_FOUND'],
    ] as const)
      await expect(acme.schedules.create({ ...good, ...wrong }), JSON.stringify(wrong)).rejects.toMatchObject({ code })
    await acme.schedules.delete(id)
    await expect(acme.schedules.get(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

/** A plugin that fills cells with what they are made of. */
const echo = definePlugin({ id: 'echo', version: '1.0.0', name: 'Echo' }).columnType({
  id: 'echo',
  name: 'Echo',
  description: 'Says the word again.',
  inputs: z.object({ word: z.string() }),
  value: 'text',
  cell: async (_ctx, { inputs }) => done(inputs.word),
})

describeOneServer('what a worker looks for', (makeDatabase) => {
  it('is done for all orgs, though one of them is of a newer version', async () => {
    let now = Date.parse('2026-11-29T05:30:00Z')
    await using test = await openOps(makeDatabase, { plugins: [echo], now: () => new Date(now) })
    const fill = { plugin: 'echo', part: 'echo', inputs: { word: { column: 'word' } } }
    const made = async (orgId: string) => {
      const org = test.ops.forOrg({ orgId, actor: { type: 'user', id: 'u1' } })
      const columns = [
        { name: 'Word', type: 'text' },
        { name: 'By itself', fill: { ...fill, auto: true } },
        { name: 'In the morning', fill },
      ]
      const { id: tableId, columns: given } = await org.tables.create({ name: 'Words', columns })
      await org.rows.insert(tableId, [{ cells: { word: 'Hi' } }])
      const what = { kind: 'column', tableId, columnId: given[2]?.id ?? '' }
      await org.schedules.create({ name: 'Mornings', cron: '0 7 * * *', timeZone: 'Europe/Berlin', what })
      return org
    }
    await made('acme')
    const globex = await made('globex')
    const newer = `update opslayer.orgs set schema_version = 999, revision = revision + 1 where org_id = 'acme'`
    await rawQuery(test.target, newer)
    now += 24 * hour
    const told: unknown[] = []
    test.ops.startWorker({ everyMs: 20, onError: (error) => told.push(error) })
    const causes = async () => (await globex.runs.list({ kind: 'column' })).items.map(({ actor }) => actor.id).sort()
    await expect.poll(causes).toEqual(['auto-fill', 'u1'])
    expect(told).toContainEqual(expect.objectContaining({ code: 'SCHEMA_NEWER' }))
  })
})

describeOneServer('a start that takes longer than others let it', (makeDatabase) => {
  it('is the only one of its tick', async () => {
    let now = Date.parse('2026-11-29T05:30:00Z')
    const options = { plugins: [echo], now: () => new Date(now) }
    await using test = await openOps(makeDatabase, options)
    const { target } = test
    if (target.kind !== 'server') return
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const fill = { plugin: 'echo', part: 'echo', inputs: { word: { column: 'word' } } }
    const { id: tableId, columns } = await acme.tables.create({
      name: 'Words',
      columns: [
        { name: 'Word', type: 'text' },
        { name: 'Echo', fill },
      ],
    })
    await acme.rows.insert(tableId, [{ cells: { word: 'Hi' } }])
    const what = { kind: 'column', tableId, columnId: columns[1]?.id ?? '' }
    const { id } = await acme.schedules.create({ name: 'Mornings', cron: '0 7 * * *', timeZone: 'Europe/Berlin', what })
    await using other = createOps({ ...options, database: databaseOption(target) })
    const starting = `select pid from pg_stat_activity where datname = current_database()
      and wait_event_type = 'Lock' and (query ilike '%insert into%runs%' or query like '%opslayer run key%')`
    const starts = async () => (await rawQuery(target, starting)).length
    now += hour
    await withClient(target.url, async (client) => {
      await client.query('begin')
      await client.query('lock table opslayer.runs in share mode')
      test.ops.startWorker({ everyMs: 20 })
      await expect.poll(starts, { timeout: 20_000 }).toBe(1)
      await rawQuery(target, 'update opslayer.schedules set claim_until = now()')
      other.startWorker({ everyMs: 20 })
      await expect.poll(starts, { timeout: 20_000 }).toBe(2)
      await client.query('commit')
    })
    await expect.poll(async () => (await acme.schedules.get(id)).lastRunId, { timeout: 20_000 }).not.toBeNull()
    expect((await acme.runs.list({ kind: 'column' })).items).toHaveLength(1)
  })
})
