import { expect, it } from 'vitest'
import { describeBothKinds, describeOneDatabase } from '../../../../tests/databases/describe-databases.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { dayWindow } from './testing/day-window.ts'
import { openOutgoingWorld } from './testing/outgoing-world.ts'
import { startVendor } from './testing/vendor.ts'

const failure = async (call: Promise<unknown>): Promise<unknown> =>
  await call.then(
    () => undefined,
    (error: unknown) => error,
  )

describeBothKinds('what the fetch of plugins shares by the database', (makeDatabase) => {
  it('leaves a row for each attempt in the API log, and sums by minute and hour', async () => {
    await using vendor = await startVendor()
    await using world = await openOutgoingWorld(makeDatabase)
    const fetch = world.fetchFor({ baseUrl: vendor.url, runId: 'run_1' })
    vendor.faults.add({ kind: 'answer', answer: { status: 503 } })
    await fetch('/things/8f14e45fceea')
    await fetch('/effects', { method: 'POST', route: '/effects/:kind' })
    await world.outgoing.close()
    const calls = await world.database.transaction({ scope: { kind: 'system' }, mode: 'read' }, ({ db }) =>
      db.selectFrom('http_calls').selectAll().orderBy('id').execute(),
    )
    const host = new URL(vendor.url).host
    const about = { org_id: 'acme', plugin: 'vendor', connection_id: 'conn_1', run_id: 'run_1', host, error: null }
    expect(calls).toMatchObject([
      { ...about, method: 'GET', route: '/api/things/:', status: 503, attempt: 1, request_id: null },
      { ...about, method: 'GET', route: '/api/things/:', status: 200, attempt: 2, request_id: 'req-7' },
      { ...about, method: 'POST', route: '/effects/:kind', status: 201, attempt: 1 },
    ])
    const sums = await world.database.transaction({ scope: { kind: 'system' }, mode: 'read' }, ({ db }) =>
      db.selectFrom('http_metrics').select(['unit', 'calls', 'failed', 'refused', 'throttled']).execute(),
    )
    const byUnit = Map.groupBy(sums, ({ unit }) => unit)
    for (const unit of ['minute', 'hour'] as const) {
      expect(byUnit.get(unit)?.reduce((sum, { calls: each }) => sum + each, 0)).toBe(3)
      expect(byUnit.get(unit)?.reduce((sum, { failed }) => sum + failed, 0)).toBe(1)
    }
  })

  it('spends a daily budget over all processes, and then says when there is more', async () => {
    await using vendor = await startVendor()
    await using world = await openOutgoingWorld(makeDatabase)
    await using another = world.another()
    const perMs = dayWindow()
    const target = { baseUrl: vendor.url, rateLimits: [{ max: 7, perMs }] }
    const fetches = [world.fetchFor(target), another.fetchFor(target)]
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        failure(fetches[n % 2]?.('/echo') ?? Promise.reject(new Error('There are two'))),
      ),
    )
    const refused = outcomes.filter((outcome) => outcome !== undefined)
    expect(vendor.journal.entries).toHaveLength(7)
    expect(refused).toHaveLength(5)
    const untilNext = perMs - (Date.now() % perMs)
    for (const error of refused) {
      expect(isOpsError(error, 'QUOTA_EXHAUSTED')).toBe(true)
      const { retryAfterMs } = error as { retryAfterMs: number }
      expect(Math.abs(retryAfterMs - untilNext)).toBeLessThan(5_000)
    }
  })

  it('keeps as many calls under way as the vendor bears, over all processes, and uses them', async () => {
    await using vendor = await startVendor()
    vendor.limits.set('threads', 5)
    await using world = await openOutgoingWorld(makeDatabase)
    await using another = world.another()
    const target = { baseUrl: vendor.url, rateLimits: [{ maxInFlight: 5, paths: ['/slow'] }] }
    const fetches = [world.fetchFor(target), another.fetchFor(target)]
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) => fetches[n % 2]?.('/slow?ms=40', { idempotent: false })),
    )
    expect(answers.map((answer) => answer?.status)).toEqual(Array(60).fill(200))
    const most = Math.max(...vendor.journal.entries.map(({ inFlight }) => inFlight))
    expect(most).toBeGreaterThanOrEqual(4)
    expect(most).toBeLessThanOrEqual(5)
  })
})

describeOneDatabase('what the fetch of plugins shares by the database', (makeDatabase) => {
  it('says when to come back, where that is later than a call can wait', async () => {
    await using vendor = await startVendor()
    await using world = await openOutgoingWorld(makeDatabase)
    const fetch = world.fetchFor({ baseUrl: vendor.url })
    vendor.faults.add({ kind: 'answer', answer: { status: 429, headers: { 'retry-after': '100' } } })
    expect(await failure(fetch('/echo'))).toMatchObject({ code: 'RATE_LIMITED', status: 429, retryAfterMs: 100_000 })
    vendor.faults.add({ kind: 'answer', answer: { status: 429, headers: { 'retry-after': '7200' } } })
    expect(await failure(fetch('/echo'))).toMatchObject({ code: 'QUOTA_EXHAUSTED', retryAfterMs: 7_200_000 })
  })

  it('lets calls of higher priority go first', async () => {
    await using vendor = await startVendor()
    const sent: (string | null)[] = []
    await using world = await openOutgoingWorld(makeDatabase, {
      fetch: async (url, init) => {
        sent.push(url.searchParams.get('lane'))
        return await fetch(url, init)
      },
    })
    const target = { baseUrl: vendor.url, rateLimits: [{ max: 20, perMs: 1_000 }] }
    const backfill = world.fetchFor({ ...target, priority: 0 })
    const interactive = world.fetchFor({ ...target, priority: 10 })
    const slow = Array.from({ length: 12 }, () => backfill('/echo?lane=backfill'))
    await slow[0]
    const before = sent.length
    await Promise.all([interactive('/echo?lane=interactive'), ...slow])
    // One may be on its way out, and one has its turn already.
    expect(sent.indexOf('interactive')).toBeLessThanOrEqual(before + 2)
    expect(before + 2).toBeLessThan(12)
  })
})
