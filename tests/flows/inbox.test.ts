import { apiKey, definePlugin, sharedSecret } from '@opslayer/core/plugin'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { describeBothKinds, describeOneDatabase, describeOneServer } from '../databases/describe-databases.ts'
import { withClient } from '../databases/with-client.ts'
import { ledgerPeople } from './testing/ledger-vendor.ts'
import { openLedger } from './testing/open-ledger.ts'
import { openOps } from './testing/open-ops.ts'
import { rawQuery } from './testing/raw-query.ts'

type World = Awaited<ReturnType<typeof openLedger>>

/** Deliveries of the connection, the oldest first, once none waits any more. */
async function settled({ acme, connectionId }: World) {
  const list = async () => (await acme.connections.deliveries(connectionId, { limit: 200 })).items
  await expect
    .poll(async () => (await list()).filter(({ state }) => state === 'stored'), { timeout: 60_000 })
    .toEqual([])
  return (await list()).toReversed()
}

async function feedOf({ acme, connectionId }: World, more: object = {}) {
  return await acme.sources.create(null, { plugin: 'ledger', part: 'people', connectionId, ...more })
}

describeBothKinds('deliveries of webhooks', (makeDatabase) => {
  it('become rows of the feeds that listen, in the order in which they came, however often they come', async () => {
    await using world = await openLedger(makeDatabase)
    const { acme } = world
    const feeds = [await feedOf(world), await feedOf(world, { columns: { email: null } })]
    const deaf = await feedOf(world, { listens: false })
    for (let n = 0; n < 12; n += 1) {
      const people = ledgerPeople(2, { stage: `Stage ${n}` })
      for (let times = 0; times < 2; times += 1) expect(await world.deliver({ people })).toBe(200)
    }
    const deliveries = await settled(world)
    expect(deliveries.map(({ state, error, attempts }) => ({ state, error, attempts }))).toEqual(
      Array.from({ length: 12 }, () => ({ state: 'handled', error: null, attempts: 1 })),
    )
    const { rows } = await acme.rows.page(feeds[0]?.tableId ?? '')
    expect(rows.map(({ externalKey }) => externalKey)).toEqual(['p0', 'p1'])
    const stages = await acme.rows.distinct(feeds[0]?.tableId ?? '', { column: 'stage' })
    const { columns } = await acme.tables.get(feeds[0]?.tableId ?? '')
    const { options = [] } = (columns.find(({ key }) => key === 'stage')?.settings ?? {}) as {
      options?: { id: string; name: string }[]
    }
    expect(stages.map(({ value }) => options.find(({ id }) => id === value)?.name)).toEqual(['Stage 11'])
    expect((await acme.rows.count(feeds[1]?.tableId ?? '')).count).toBe(2)
    expect((await acme.rows.count(deaf.tableId)).count).toBe(0)
  })

  it('that a killed process left behind are dealt with by whoever looks for work', async () => {
    await using world = await openLedger(makeDatabase)
    const { target, acme, ops } = world
    const feed = await feedOf(world)
    if (target.kind !== 'server') return
    await world.deliver({ people: ledgerPeople(3) })
    await settled(world)
    const { rows } = await acme.rows.page(feed.tableId)
    await acme.rows.delete(
      feed.tableId,
      rows.map(({ id }) => id),
    )
    // As a process leaves it that was killed after the rows and before the note: its claim has run out.
    await rawQuery(target, `update opslayer.webhook_deliveries set state = 'stored'`)
    await rawQuery(target, `update opslayer.connections set inbox_claim = 'x', inbox_claim_until = now()`)
    ops.startWorker({ everyMs: 50 })
    await expect.poll(async () => (await acme.rows.count(feed.tableId)).count, { timeout: 30_000 }).toBe(3)
  })
})

describeOneDatabase('deliveries of webhooks', (makeDatabase) => {
  it('are tried some times and then failed, with the reason, and those behind them go on', async () => {
    await using world = await openLedger(makeDatabase)
    const { acme, connectionId } = world
    await feedOf(world)
    await world.deliver({ nobody: 'knows' })
    await world.deliver({ replied: 'p1' })
    await world.deliver({ replied: 'p1', again: true })
    await world.deliver({ people: [{ id: 'p9' }, ...ledgerPeople(1)] })
    const deliveries = await settled(world)
    expect(deliveries).toMatchObject([
      { state: 'failed', attempts: 5, error: expect.stringContaining('Ledger sent something that nobody knows') },
      { state: 'handled', attempts: 1, error: null },
      { state: 'handled', attempts: 1, error: null },
      { state: 'handled', attempts: 1, error: expect.stringContaining('People: one record, email:') },
    ])
    const { items } = await acme.connections.events(connectionId)
    expect(items).toMatchObject([{ webhook: 'told', type: 'replied', data: { by: 'p1' } }])
    await acme.connections.retryDelivery(connectionId, deliveries[0]?.id ?? '')
    const again = (await acme.connections.deliveries(connectionId)).items.at(-1)
    expect(again).toMatchObject({ state: 'stored', id: deliveries[0]?.id })
    const [handled] = deliveries.slice(1)
    await expect(acme.connections.retryDelivery(connectionId, handled?.id ?? '')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  }, 120_000)
})

describeOneServer('deliveries of webhooks', (makeDatabase) => {
  it('become rows of a feed that is behind hundreds of others of its connection', async () => {
    await using world = await openLedger(makeDatabase)
    const feed = await feedOf(world)
    await rawQuery(
      world.target,
      `insert into opslayer.feeds (org_id, id, table_id, name, plugin, part, connection_id, settings, columns, gone, listens, created_by)
        select org_id, 'fed_' || lpad(n::text, 16, '0'), table_id, name, plugin, part, connection_id, settings, columns, gone, false, created_by
        from opslayer.feeds, generate_series(1, 250) as n`,
    )
    await world.deliver({ people: ledgerPeople(2) })
    expect(await settled(world)).toMatchObject([{ state: 'handled', error: null }])
    expect((await world.acme.rows.count(feed.tableId)).count).toBe(2)
  })

  it('stay with a process that lives, however long its database keeps one waiting', async () => {
    await using world = await openLedger(makeDatabase, [], { leaseMs: 1_000 })
    const { target, acme } = world
    if (target.kind !== 'server') throw new Error('This is about a server.')
    const feed = await feedOf(world)
    const claims = () =>
      rawQuery(
        target,
        `select inbox_claim as claim, inbox_claim_until as until from opslayer.connections where inbox_claim is not null`,
      )
    await withClient(target.url, async (holder) => {
      const { rows } = await holder.query(
        `select format('ops_%s.t%s', o.short_id, t.number) as name from opslayer.tables t
          join opslayer.orgs o on o.org_id = t.org_id where t.id = $1`,
        [feed.tableId],
      )
      await holder.query(`begin; lock table ${rows[0].name} in exclusive mode`)
      await world.deliver({ people: ledgerPeople(2) })
      await expect.poll(claims).toHaveLength(1)
      const [first] = await claims()
      const keptMs = async () => Number((await claims())[0]?.until) - Number(first?.until)
      await expect.poll(keptMs).toBeGreaterThan(1_500)
      expect(await claims()).toMatchObject([{ claim: first?.claim }])
      await holder.query('rollback')
    })
    expect(await settled(world)).toMatchObject([{ state: 'handled', error: null, attempts: 1 }])
    expect((await acme.rows.count(feed.tableId)).count).toBe(2)
  })

  it('that no process can look at are told to the operator', async () => {
    const logged: unknown[] = []
    const log = (message: string, more: object = {}) => void logged.push({ message, ...more })
    const logger = { debug: log, info: log, warn: log, error: log }
    await using world = await openLedger(makeDatabase, [], { logger })
    await world.deliver({ replied: 'p1' })
    await settled(world)
    await rawQuery(world.target, `update opslayer.webhook_deliveries set state = 'stored'`)
    await rawQuery(world.target, `update opslayer.orgs set schema_version = 999, revision = revision + 1`)
    world.ops.startWorker({ everyMs: 20, onError: () => {} })
    await expect
      .poll(() => logged)
      .toContainEqual({
        message: 'Webhooks of a connection could not be dealt with.',
        orgId: 'acme',
        connection: world.connectionId,
        code: 'SCHEMA_NEWER',
        reason: expect.stringContaining('newer'),
      })
  })

  it('wait for those of busier connections only a while', async () => {
    const order: string[] = []
    const plugin = definePlugin({
      id: 'busy',
      version: '1.0.0',
      name: 'Busy',
      credentials: apiKey({ fields: z.object({ key: z.string() }) }),
      test: async () => ({}),
    }).webhook({
      id: 'events',
      name: 'Events',
      description: 'Says which connection it is of.',
      verify: sharedSecret({ header: 'x-secret' }),
      parse: ({ body }) => {
        order.push(new TextDecoder().decode(body))
        return []
      },
    })
    const encryptionKeys = [{ id: 'k1', key: Buffer.alloc(32, 7).toString('base64') }]
    await using test = await openOps(makeDatabase, { plugins: [plugin], encryptionKeys })
    const acme = test.ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const ids: string[] = []
    for (let n = 0; n < 3; n += 1)
      ids.push((await acme.connections.connect({ plugin: 'busy', credentials: { key: 'k' } })).id)
    // Those of the last one are looked for last.
    const [, , quiet = ''] = ids.sort()
    for (const id of ids)
      await rawQuery(
        test.target,
        `insert into opslayer.webhook_deliveries (org_id, id, connection_id, webhook, dedupe_key, method, url, headers, body)
          select 'acme', 'dlv_' || lpad(n::text, 17, '0') || $1, $1, 'events', n::text, 'POST', 'https://host/', '{}', convert_to($1, 'UTF8')
          from generate_series(1, $2::int) as n`,
        [id, id === quiet ? 1 : 120],
      )
    test.ops.startWorker({ everyMs: 20 })
    await expect.poll(() => order.length).toBe(241)
    expect(order.indexOf(quiet)).toBeLessThan(200)
  })
})
