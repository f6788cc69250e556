import { describe, expect, it } from 'vitest'
import { openLocalWorld } from './testing/outgoing-world.ts'
import { startVendor } from './testing/vendor.ts'

/** The headers that the vendor was sent, as it echoes them. */
const echoed = async (answer: Response): Promise<unknown> => ((await answer.json()) as { headers: unknown }).headers

const failure = async (call: Promise<unknown>): Promise<unknown> =>
  await call.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('the fetch of plugins', () => {
  it('continues the base URL, with the headers of the connection there and nowhere else', async () => {
    await using vendor = await startVendor()
    await using other = await startVendor()
    await using world = openLocalWorld({ allowedOrigins: [other.url] })
    const fetch = world.fetchFor({ baseUrl: vendor.url, headersOf: () => ({ authorization: 'Bearer s3cret' }) })
    const own = await (await fetch('/echo?a=1+2', { headers: { 'x-mine': 'yes' } })).json()
    expect(own).toMatchObject({ query: { a: '1 2' }, headers: { authorization: 'Bearer s3cret', 'x-mine': 'yes' } })
    const foreign = await echoed(await fetch(`${other.url}/echo`))
    expect(foreign).not.toHaveProperty('authorization')
    expect(foreign).toMatchObject({ 'user-agent': 'opslayer' })
  })

  it('gives answers of every status that repeating does not cure', async () => {
    await using vendor = await startVendor()
    await using world = openLocalWorld()
    const fetch = world.fetchFor({ baseUrl: vendor.url })
    expect((await fetch('/nowhere')).status).toBe(404)
    vendor.faults.add({ kind: 'answer', answer: { status: 500, body: 'Broken' }, times: 9 })
    const broken = await fetch('/effects', { method: 'POST' })
    expect([broken.status, await broken.text()]).toEqual([500, 'Broken'])
    expect(vendor.journal.find({ route: 'POST /effects' })).toHaveLength(1)
  })

  it('repeats what is idempotent, and what certainly did nothing', async () => {
    await using vendor = await startVendor()
    await using world = openLocalWorld()
    const fetch = world.fetchFor({ baseUrl: vendor.url })
    vendor.faults.add({ kind: 'answer', answer: { status: 503 }, times: 1 })
    vendor.faults.add({ kind: 'cut', when: 'after-effect', after: 1 })
    expect((await fetch('/echo')).status).toBe(200)
    expect(vendor.journal.entries.map(({ status }) => status)).toEqual([503, null, 200])
    vendor.faults.add({ kind: 'answer', answer: { status: 429, headers: { 'retry-after': '0' } } })
    expect((await fetch('/effects', { method: 'POST' })).status).toBe(201)
    vendor.faults.add({ kind: 'cut', when: 'before-effect' })
    expect((await fetch('/effects', { method: 'POST', idempotent: true })).status).toBe(201)
    expect(vendor.state.effects).toBe(2)
  })

  it('tells whether a call that broke off can have had an effect', async () => {
    await using vendor = await startVendor()
    await using world = openLocalWorld()
    const fetch = world.fetchFor({ baseUrl: vendor.url })
    vendor.faults.add({ kind: 'cut', when: 'after-effect' })
    expect(await failure(fetch('/effects', { method: 'POST' }))).toMatchObject({
      code: 'VENDOR_UNAVAILABLE',
      effect: 'unknown',
    })
    expect(vendor.state.effects).toBe(1)
    await vendor.close()
    const refused = await failure(
      world.fetchFor({ baseUrl: vendor.url, connectionId: 'conn_2' })('/effects', { method: 'POST' }),
    )
    expect(refused).toMatchObject({ code: 'VENDOR_UNAVAILABLE', effect: 'none' })
  })

  it.each([
    ['in seconds', (waitS: number) => String(waitS)],
    ['as a date', (waitS: number) => new Date(Date.now() + waitS * 1_000).toUTCString()],
  ])('waits as long as `Retry-After` says, %s', async (_, header) => {
    await using vendor = await startVendor()
    await using world = openLocalWorld()
    vendor.faults.add({
      kind: 'answer',
      answer: { status: 429, headers: { 'retry-after': header(2), date: new Date().toUTCString() } },
    })
    expect((await world.fetchFor({ baseUrl: vendor.url })('/echo')).status).toBe(200)
    const [refused, taken] = vendor.journal.entries
    expect((taken?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThan(990)
  })

  it('waits a little where a refusal does not say how long', async () => {
    await using vendor = await startVendor()
    await using world = openLocalWorld()
    vendor.faults.add({ kind: 'answer', answer: { status: 429 }, times: 2 })
    expect((await world.fetchFor({ baseUrl: vendor.url })('/echo')).status).toBe(200)
    const [first, second, third] = vendor.journal.entries.map(({ at }) => at)
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(200)
    expect((third ?? 0) - (second ?? 0)).toBeGreaterThan(450)
  })

  it('ends with its signal, whether it waits, calls or reads', async () => {
    await using vendor = await startVendor()
    await using world = openLocalWorld()
    const reason = new Error('Enough')
    const stopping = new AbortController()
    const fetch = world.fetchFor({ baseUrl: vendor.url, signal: stopping.signal })
    vendor.faults.add({ on: 'GET /echo', kind: 'answer', answer: { status: 429, headers: { 'retry-after': '30' } } })
    vendor.faults.add({ on: 'GET /slow', kind: 'latency', ms: 30_000 })
    vendor.faults.add({ on: 'GET /large', kind: 'slow-body', ms: 30_000 })
    const large = await fetch('/large')
    const calls = [fetch('/echo'), fetch('/slow'), large.arrayBuffer()].map(failure)
    await expect.poll(() => vendor.journal.find({ route: 'GET /echo' })).toHaveLength(1)
    stopping.abort(reason)
    expect(await Promise.all(calls)).toEqual([reason, reason, reason])
    expect(await failure(fetch('/echo'))).toBe(reason)
  })

  it('gives up an attempt that takes too long', async () => {
    await using vendor = await startVendor()
    await using world = openLocalWorld()
    vendor.faults.add({ kind: 'latency', ms: 10_000 })
    const late = await failure(world.fetchFor({ baseUrl: vendor.url })('/effects', { method: 'POST', timeoutMs: 50 }))
    expect(late).toMatchObject({ code: 'VENDOR_UNAVAILABLE', effect: 'unknown' })
    expect(String(late)).toContain('did not answer within 0.05 s')
  })

  it('leaves a vendor alone that fails again and again, and then tries with one call', async () => {
    await using vendor = await startVendor()
    await using world = openLocalWorld()
    const fetch = world.fetchFor({ baseUrl: vendor.url })
    vendor.faults.add({ kind: 'answer', answer: { status: 500 }, times: 8 })
    for (let n = 0; n < 8; n += 1) expect((await fetch('/effects', { method: 'POST' })).status).toBe(500)
    const refused = await failure(fetch('/effects', { method: 'POST' }))
    expect(refused).toMatchObject({ code: 'VENDOR_UNAVAILABLE', effect: 'none', retryAfterMs: expect.any(Number) })
    expect(vendor.journal.entries).toHaveLength(8)
    const neighbour = world.fetchFor({ baseUrl: vendor.url, connectionId: 'conn_2' })
    expect((await neighbour('/echo')).status).toBe(200)
  })

  it('follows redirects, and takes no credentials along to another origin', async () => {
    await using vendor = await startVendor()
    await using other = await startVendor()
    await using world = openLocalWorld({ allowedOrigins: [other.url] })
    const fetch = world.fetchFor({ baseUrl: vendor.url, headersOf: () => ({ 'x-api-key': 's3cret' }) })
    vendor.faults.add({ kind: 'answer', answer: { status: 302, headers: { location: '/api/echo?hop=1' } } })
    expect(await echoed(await fetch('/moved'))).toMatchObject({ 'x-api-key': 's3cret' })
    vendor.faults.add({ kind: 'answer', answer: { status: 307, headers: { location: `${other.url}/echo` } } })
    expect(await echoed(await fetch('/moved'))).not.toHaveProperty('x-api-key')
  })
})
