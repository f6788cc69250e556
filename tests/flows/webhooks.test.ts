import { createHmac, randomBytes } from 'node:crypto'
import { apiKey, definePlugin, sharedSecret } from '@opslayer/core/plugin'
import { createFetchHandler } from '@opslayer/server'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { median } from '../bench/statistics.ts'
import { describeDatabases, describeOneDatabase } from '../databases/describe-databases.ts'
import { clientSecret, type OAuthVendor, startOAuthVendor } from './testing/oauth-vendor.ts'
import { openOps } from './testing/open-ops.ts'
import { rawQuery } from './testing/raw-query.ts'
import { type ServedOps, serveOps } from './testing/serve-ops.ts'
import { vendorPlugin } from './testing/vendor-plugin.ts'

const actor = { type: 'user', id: 'u1' } as const
const publicUrl = 'https://app.example.com/ops'
const start = Date.parse('2026-11-20T12:00:00Z')

const optionsFor = (vendor: OAuthVendor) => ({
  plugins: [vendorPlugin(vendor.origin)],
  encryptionKeys: [{ id: 'k1', key: randomBytes(32).toString('base64') }],
  publicUrl,
  now: () => new Date(start),
})

/** Ten callers, each going on once the last of its ten is done. @returns how long one takes, the median in milliseconds */
async function tenAtATime(call: (caller: number, n: number) => Promise<unknown>): Promise<number> {
  const took: number[] = []
  const callers = Array.from({ length: 10 }, async (_, caller) => {
    for (let n = 0; n < 10; n += 1) {
      const begun = performance.now()
      await call(caller, n)
      took.push(performance.now() - begun)
    }
  })
  await Promise.all(callers)
  return median(took)
}

interface Sent {
  readonly url: string
  readonly body: string
  readonly secret: string
  readonly at?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** Delivers over HTTP as the vendor does, by the address that it was given. */
async function deliver(served: ServedOps, { url, body, secret, at = start, headers = {} }: Sent): Promise<number> {
  const { pathname } = new URL(url)
  const timestamp = String(Math.floor(at / 1_000))
  const signed = pathname.includes('/replies') ? `${timestamp}.${body}` : body
  const signature = createHmac('sha256', secret).update(signed).digest('hex')
  const answer = await fetch(new URL(pathname, served.url), {
    method: 'POST',
    headers: { 'x-signature': signature, 'x-timestamp': timestamp, ...headers },
    body,
  })
  await answer.body?.cancel()
  return answer.status
}

async function connectedOps(makeDatabase: Parameters<typeof openOps>[0], vendor: OAuthVendor) {
  vendor.keys.add('key-0123456789-abcd')
  const test = await openOps(makeDatabase, optionsFor(vendor))
  const acme = test.ops.forOrg({ orgId: 'acme', actor })
  const { id } = await acme.connections.connect({ plugin: 'vendor', credentials: { key: 'key-0123456789-abcd' } })
  const [hook] = await acme.connections.webhooks(id)
  const url = hook?.url ?? ''
  const served = await serveOps(test.ops)
  return {
    test,
    acme,
    id,
    url,
    secret: url.split('.').at(-1) ?? '',
    deliver: (sent: Sent) => deliver(served, sent),
    [Symbol.asyncDispose]: async () => {
      await served[Symbol.asyncDispose]()
      await test[Symbol.asyncDispose]()
    },
  }
}

describeDatabases('webhooks', (makeDatabase) => {
  it('are stored raw once, however often they come', async () => {
    await using vendor = await startOAuthVendor()
    await using world = await connectedOps(makeDatabase, vendor)
    const { acme, id, url, secret } = world
    expect(url).toMatch(
      /^https:\/\/app\.example\.com\/ops\/webhooks\/vendor\/replies\/YWNtZQ\.con_[a-z0-9]{16}\.[a-z0-9]{40}$/,
    )
    const first = { url, secret, body: '{"reply":1}', headers: { 'x-delivery': 'd1', authorization: 'Bearer x' } }
    const statuses = await Promise.all(Array.from({ length: 10 }, () => world.deliver(first)))
    expect(statuses).toEqual(Array.from({ length: 10 }, () => 200))
    expect(await world.deliver({ url, secret, body: '{"reply":2}' })).toBe(200)
    expect(await world.deliver({ url, secret, body: '{"reply":2}', at: start + 60_000 })).toBe(200)
    await expect
      .poll(async () => (await acme.connections.deliveries(id)).items.map(({ state }) => state), { timeout: 30_000 })
      .toEqual(['handled', 'handled'])
    const { items } = await acme.connections.deliveries(id)
    expect(items.map(({ webhook, bytes }) => ({ webhook, bytes }))).toEqual([
      { webhook: 'replies', bytes: 11 },
      { webhook: 'replies', bytes: 11 },
    ])
    const page = await acme.connections.deliveries(id, { limit: 1 })
    expect((await acme.connections.deliveries(id, { limit: 1, cursor: page.nextCursor ?? '' })).items).toEqual([
      items[1],
    ])
  })

  it('are kept for thirty days', async () => {
    await using vendor = await startOAuthVendor()
    await using world = await connectedOps(makeDatabase, vendor)
    const { test, acme, id, url, secret } = world
    if (test.target.kind !== 'server') return
    await world.deliver({ url, secret, body: 'old' })
    await world.deliver({ url, secret, body: 'kept' })
    const days = (n: number): string => (start - n * 86_400_000).toString(36).padStart(9, '0')
    const aged = `update opslayer.webhook_deliveries set id = $1 where length(body) = $2`
    await rawQuery(test.target, aged, [`dlv_${days(31)}aaaaaaaa`, 3])
    await rawQuery(test.target, aged, [`dlv_${days(29)}aaaaaaaa`, 4])
    await world.deliver({ url, secret, body: 'newest' })
    expect((await acme.connections.deliveries(id)).items.map(({ bytes }) => bytes)).toEqual([6, 4])
  })
})

describeOneDatabase('webhooks', (makeDatabase) => {
  it('that are forged, stale, misdirected or too large are refused, and strangers learn nothing', async () => {
    await using vendor = await startOAuthVendor()
    await using world = await connectedOps(makeDatabase, vendor)
    const { acme, id, url, secret } = world
    const body = '{"reply":1}'
    const other = await acme.connections.connect({ plugin: 'vendor', credentials: { key: 'key-0123456789-abcd' } })
    const refused: readonly (readonly [number, Sent])[] = [
      [401, { url, body, secret: 'z'.repeat(40) }],
      [401, { url, body, secret, at: start - 301_000 }],
      [401, { url, body, secret, at: start + 301_000 }],
      [401, { url, body, secret, headers: { 'x-signature': 'zz' } }],
      [404, { url: url.replace(secret, 'a'.repeat(40)), body, secret: 'a'.repeat(40) }],
      [404, { url: url.replace(id, other.id), body, secret }],
      [404, { url: url.replace(id, 'con_zzzzzzzzzzzzzzzz'), body, secret }],
      [404, { url: url.replace('YWNtZQ', Buffer.from('nobody').toString('base64url')), body, secret }],
      [404, { url: url.replace('/replies/', '/constructor/'), body, secret }],
      [404, { url: url.replace('/vendor/', '/unknown/'), body, secret }],
      [404, { url: `${publicUrl}/webhooks/vendor/replies`, body, secret }],
      [413, { url, body: 'x'.repeat(2 * 1_048_576 + 1), secret }],
    ]
    for (const [status, sent] of refused) expect([await world.deliver(sent), sent.url]).toEqual([status, sent.url])
    expect((await acme.connections.deliveries(id)).items).toEqual([])
    await acme.connections.disconnect(id)
    expect(await world.deliver({ url, body, secret })).toBe(404)
  })

  it('of the host’s app are shared out to the orgs whose accounts they are about', async () => {
    await using vendor = await startOAuthVendor()
    await using world = await connectedOps(makeDatabase, vendor)
    const { test, acme, id } = world
    const other = test.ops.forOrg({ orgId: 'other', actor })
    const theirs = await other.connections.connect({ plugin: 'vendor', credentials: { key: 'key-0123456789-abcd' } })
    const url = `${publicUrl}/webhooks/vendor/app_events`
    const body = JSON.stringify([
      { account: 'acc_1', n: 1 },
      { account: 'acc_2', n: 2 },
    ])
    expect(await world.deliver({ url, body, secret: 'wrong' })).toBe(401)
    expect(await world.deliver({ url, body, secret: clientSecret })).toBe(200)
    expect(await world.deliver({ url, body, secret: clientSecret })).toBe(200)
    const share = JSON.stringify([{ account: 'acc_1', n: 1 }]).length
    for (const deliveries of [acme.connections.deliveries(id), other.connections.deliveries(theirs.id)])
      expect((await deliveries).items.map(({ bytes }) => bytes)).toEqual([share])
  })

  it('are answered within 500 ms while ten come at a time', async () => {
    await using vendor = await startOAuthVendor()
    await using world = await connectedOps(makeDatabase, vendor)
    const { acme, id, url, secret } = world
    const answered = await tenAtATime(async (caller, n) => {
      expect(await world.deliver({ url, secret, body: `{"reply":"${caller}-${n}"}` })).toBe(200)
    })
    expect((await acme.connections.deliveries(id, { limit: 200 })).items).toHaveLength(100)
    // The machine of the tests is not the tests' alone: where ten reads of one row take as long, so may ten answers.
    const read = await tenAtATime(() => acme.connections.deliveries(id, { limit: 1 }))
    expect(answered).toBeLessThan(Math.max(500, 10 * read))
  })
})

const answers: Readonly<Record<string, { status: number; body?: string; contentType?: string }>> = {
  empty: { status: 204, body: 'ok' },
  none: { status: 99, body: 'ok' },
  header: { status: 200, body: 'ok', contentType: 'text/plain\r\nx-evil: 1' },
  handshake: { status: 202, body: 'challenge', contentType: 'text/html' },
}

/** A plugin that answers what it is asked to. */
const answering = definePlugin({
  id: 'answering',
  version: '1.0.0',
  name: 'Answering',
  credentials: apiKey({ fields: z.object({ key: z.string() }) }),
  test: async () => ({}),
}).webhook({
  id: 'events',
  name: 'Events',
  description: 'Answers as it is asked to.',
  verify: sharedSecret({ header: 'x-secret' }),
  answer: ({ body }) => answers[new TextDecoder().decode(body)],
  parse: () => [],
})

describeOneDatabase('answers to webhooks', (makeDatabase) => {
  it('are those of the plugin where HTTP has them, and never a fault after the delivery is stored', async () => {
    const encryptionKeys = [{ id: 'k1', key: randomBytes(32).toString('base64') }]
    await using test = await openOps(makeDatabase, { plugins: [answering], encryptionKeys, publicUrl })
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const { id } = await acme.connections.connect({ plugin: 'answering', credentials: { key: 'k' } })
    const [hook] = await acme.connections.webhooks(id)
    const url = hook?.url ?? ''
    const handler = createFetchHandler(test.ops, { context: () => null })
    const answerTo = async (body: string) => {
      const headers = { 'x-secret': url.split('.').at(-1) ?? '' }
      const answer = await handler(new Request(url, { method: 'POST', body, headers }))
      return [answer.status, await answer.text(), answer.headers.get('content-type')]
    }
    expect(await answerTo('empty')).toEqual([204, '', null])
    expect(await answerTo('none')).toEqual([200, 'ok', 'text/plain'])
    expect(await answerTo('header')).toEqual([200, 'ok', 'text/plain'])
    expect(await answerTo('handshake')).toEqual([202, 'challenge', 'text/html'])
    expect((await acme.connections.deliveries(id)).items).toHaveLength(4)
  })
})
