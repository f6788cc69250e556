import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { defineSimulator, pageByCursor, pageByNumber, pageByOffset, startSimulator } from '../index.ts'

const shop = defineSimulator({
  id: 'shop',
  base: '/v1',
  state: (seed: { orders: number }) => ({ orders: Array.from({ length: seed.orders }, (_, n) => ({ id: n + 1 })) }),
  authorize: ({ request }) =>
    request.query.get('key') === 'good' ? undefined : { status: 401, json: { error: 'key' } },
  limits: {
    rate: { max: 3, perMs: 1_000, headers: ({ remaining }) => ({ 'x-left': String(remaining) }) },
    day: { max: 5, perMs: 86_400_000, fixed: true, refuse: () => ({ status: 402, body: 'No more today' }) },
  },
  signWebhook: ({ body, secret, at }) => ({ 'x-signature': `${secret} ${body.length} ${at.getTime()}` }),
  routes: {
    'GET /orders': ({ request, state }) => {
      const { items, next } = pageByCursor(state.orders, { after: request.query.get('after'), limit: 2 })
      return { json: { items, next } }
    },
    'GET /orders/:id': ({ request, state }) => ({
      json: state.orders.find(({ id }) => id === Number(request.params.id)) ?? null,
    }),
    'POST /orders': ({ request, state, bill, clock }) => {
      bill.charge(2, 'order')
      const order = { id: state.orders.length + 1, given: request.json() }
      clock.after(5_000, () => state.orders.push(order))
      return { status: 201, json: order }
    },
  },
})

const start = () =>
  startSimulator(shop, { seed: { orders: 5 }, startsAt: new Date('2026-11-20T10:00:00Z'), frozen: true })

describe('a simulator', () => {
  it('answers by its routes, with its own data, and keeps a journal and a bill', async () => {
    await using vendor = await start()
    const order = await fetch(`${vendor.url}/orders/3?key=good`)
    expect(await order.json()).toEqual({ id: 3 })
    expect(order.headers.get('x-left')).toBe('2')
    const made = await fetch(`${vendor.url}/orders?key=good`, { method: 'POST', body: '{"what":"tea"}' })
    expect([made.status, await made.json()]).toEqual([201, { id: 6, given: { what: 'tea' } }])
    expect(vendor.bill).toMatchObject({ total: 2, entries: [{ credits: 2, note: 'order' }] })
    expect((await fetch(`${vendor.url}/nothing?key=good`)).status).toBe(404)
    expect(vendor.journal.find({ route: 'GET /orders/:id' })).toMatchObject([
      { status: 200, handled: true, path: '/orders/3' },
    ])
    expect(vendor.journal.entries).toHaveLength(3)
  })

  it('refuses requests without good credentials', async () => {
    await using vendor = await start()
    const refused = await fetch(`${vendor.url}/orders`)
    expect([refused.status, await refused.json()]).toEqual([401, { error: 'key' }])
  })

  it('has a clock of its own, by which things happen', async () => {
    await using vendor = await start()
    expect(vendor.clock.date()).toEqual(new Date('2026-11-20T10:00:00Z'))
    await fetch(`${vendor.url}/orders?key=good`, { method: 'POST', body: '{}' })
    await vendor.clock.advance(4_999)
    expect(vendor.state.orders).toHaveLength(5)
    await vendor.clock.advance(1)
    expect(vendor.state.orders).toHaveLength(6)
    expect(vendor.clock.date()).toEqual(new Date('2026-11-20T10:00:05Z'))
  })

  it('keeps what falls due at its own time when much time passes at once', async () => {
    await using vendor = await start()
    const seen: string[] = []
    vendor.clock.after(2_000, () => seen.push(vendor.clock.date().toISOString()))
    vendor.clock.after(1_000, () => {
      seen.push(vendor.clock.date().toISOString())
      vendor.clock.after(500, () => seen.push(vendor.clock.date().toISOString()))
    })
    await vendor.clock.advance(60_000)
    expect(seen).toEqual(['2026-11-20T10:00:01.000Z', '2026-11-20T10:00:01.500Z', '2026-11-20T10:00:02.000Z'])
  })

  it('limits requests in a window that slides, and by day', async () => {
    await using vendor = await start()
    const status = async (): Promise<number> => (await fetch(`${vendor.url}/orders?key=good`)).status
    expect([await status(), await status(), await status(), await status()]).toEqual([200, 200, 200, 429])
    await vendor.clock.advance(999)
    expect(await status()).toBe(429)
    await vendor.clock.advance(1)
    expect([await status(), await status(), await status()]).toEqual([200, 200, 402])
    await vendor.clock.advance(86_400_000)
    expect(await status()).toBe(200)
    expect(vendor.journal.find({ refusedBy: 'day' })).toHaveLength(1)
  })

  it('changes a limit while it runs', async () => {
    await using vendor = await start()
    vendor.limits.set('rate', 1)
    expect((await fetch(`${vendor.url}/orders?key=good`)).status).toBe(200)
    const refused = await fetch(`${vendor.url}/orders?key=good`)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
  })

  it('cuts connections before and after it has acted', async () => {
    await using vendor = await start()
    const post = () => fetch(`${vendor.url}/orders?key=good`, { method: 'POST', body: '{}' })
    vendor.faults.add({ on: 'POST /orders', kind: 'cut', when: 'before-effect' })
    await expect(post()).rejects.toThrow()
    expect(vendor.bill.total).toBe(0)
    vendor.faults.add({ kind: 'cut', when: 'after-effect', after: 1 })
    expect((await post()).status).toBe(201)
    await expect(post()).rejects.toThrow()
    expect(vendor.bill.total).toBe(4)
    expect(vendor.journal.entries.map(({ status, handled }) => [status, handled])).toEqual([
      [null, false],
      [201, true],
      [null, true],
    ])
  })

  it('answers late, wrongly, brokenly, slowly and in another shape', async () => {
    await using vendor = await start()
    const get = () => fetch(`${vendor.url}/orders/1?key=good`)
    vendor.faults.add({ kind: 'answer', answer: { status: 503, body: 'Back soon' } })
    const broken = await get()
    expect([broken.status, await broken.text()]).toEqual([503, 'Back soon'])
    vendor.faults.add({ kind: 'malformed' })
    await expect((await get()).json()).rejects.toThrow(SyntaxError)
    vendor.faults.add({ kind: 'drift', change: () => ({ identifier: '1' }) })
    expect(await (await get()).json()).toEqual({ identifier: '1' })
    await vendor.clock.advance(1_000)
    vendor.faults.add({ kind: 'truncated' })
    await expect((await get()).json()).rejects.toThrow()
    vendor.faults.add({ kind: 'latency', ms: 30 })
    vendor.faults.add({ kind: 'slow-body', ms: 30 })
    const began = performance.now()
    expect(await (await get()).json()).toEqual({ id: 1 })
    expect(performance.now() - began).toBeGreaterThan(55)
  })

  it('lets go of answers that it keeps waiting when it is closed', async () => {
    const vendor = await start()
    vendor.faults.add({ kind: 'latency', ms: 60_000 })
    const answer = fetch(`${vendor.url}/orders?key=good`, { method: 'POST', body: '{}' }).catch((error) => error)
    await expect.poll(() => vendor.bill.total).toBe(2)
    await vendor.close()
    expect(await answer).toBeInstanceOf(TypeError)
    await expect.poll(() => vendor.journal.entries.length).toBe(1)
  })

  it('signs webhooks, and sends them twice and in another order', async () => {
    await using vendor = await start()
    const heard: string[] = []
    const receiver = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      heard.push(`${request.headers['x-signature']} ${Buffer.concat(chunks)}`)
      response.writeHead(204).end()
    }).listen(0, '127.0.0.1')
    const to = await new Promise<string>((resolve) =>
      receiver.once('listening', () => resolve(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`)),
    )
    const messages = [1, 2, 3, 4].map((n) => ({ to, body: { n }, secret: 's' }))
    expect(await vendor.webhooks.send({ to, body: { n: 0 }, secret: 's' })).toBe(204)
    const at = vendor.clock.now()
    expect(heard).toEqual([`s 7 ${at} {"n":0}`])
    heard.length = 0
    expect(await vendor.webhooks.sendAll(messages, { duplicated: true, shuffled: true })).toEqual(Array(8).fill(204))
    expect(heard).not.toEqual([...heard].sort())
    expect([...new Set(heard)].sort()).toEqual([1, 2, 3, 4].map((n) => `s 7 ${at} {"n":${n}}`))
    receiver.close()
    receiver.closeAllConnections()
  })
})

describe('pages', () => {
  it('are cut by cursor, by offset and by number', () => {
    const all = [1, 2, 3, 4, 5]
    const first = pageByCursor(all, { after: null, limit: 3 })
    expect(first.items).toEqual([1, 2, 3])
    expect(pageByCursor(all, { after: first.next, limit: 3 })).toEqual({ items: [4, 5], next: undefined })
    expect(pageByOffset(all, { offset: 3, limit: 2 })).toEqual({ items: [4, 5], total: 5, hasMore: false })
    expect(pageByNumber(all, { page: 2, perPage: 2 })).toEqual({ items: [3, 4], total: 5, pages: 3 })
  })
})
