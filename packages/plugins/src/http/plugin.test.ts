import { defineSimulator, openPlugin, pluginChecks, startSimulator, type WebhookTrial } from '@opslayer/core/testing'
import { describe, expect, it } from 'vitest'
import { http } from './plugin.ts'

/** Somebody's own service. */
const service = defineSimulator({
  id: 'service',
  base: '/v1',
  state: () => ({ sent: [] as unknown[] }),
  authorize: ({ request }) =>
    request.headers.get('x-service-key') === 'service-key'
      ? undefined
      : { status: 401, json: { error: 'Who are you?' } },
  routes: {
    'GET /': () => ({ json: {} }),
    'GET /people': ({ request }) => ({
      json: {
        data: { items: [{ name: `Person ${request.query.get('email')}`, age: 42, tags: ['a', 'b'] }] },
        agent: request.headers.get('x-agent'),
      },
    }),
    'POST /people': ({ request, state }) => {
      state.sent.push(request.json())
      return { json: { got: request.json() } }
    },
  },
})

const credentialsFor = (url: string) => ({ baseUrl: url, header: 'x-service-key', value: 'service-key' })

/** The plugin has no address of its own: that of the service stands in the credentials. */
async function openHttp() {
  const vendor = await startSimulator(service)
  const plugin = http()
  const opened = openPlugin(plugin, {
    credentials: credentialsFor(vendor.url),
    allowedOrigins: [new URL(vendor.url).origin],
  })
  const { fetch_text: text, fetch_number: number, fetch_json: json } = plugin.parts.columnTypes
  const { send } = plugin.parts.actions
  if (text.cell === undefined || number.cell === undefined || json.cell === undefined || send.row === undefined) {
    throw new Error('Each has its way')
  }
  return {
    vendor,
    plugin,
    text: text.cell,
    number: number.cell,
    json: json.cell,
    send: send.row,
    ctx: opened.ctx as Parameters<typeof text.cell>[0],
    [Symbol.asyncDispose]: async () => {
      await opened[Symbol.asyncDispose]()
      await vendor.close()
    },
  }
}

const get = { method: 'GET', headers: '', body: '', timeoutMs: 5_000 } as const

describe('http', () => {
  it('fills the address with cells that cannot leave their place, and picks from the answer', async () => {
    await using at = await openHttp()
    const settings = { ...get, url: '/people?email={{value1}}', path: 'data.items[0].name' }
    const outcome = await at.text(at.ctx, { inputs: { value1: 'a&b=c#/../x' }, settings })
    expect(outcome).toEqual({ status: 'done', value: 'Person a&b=c#/../x' })
    expect(
      await at.number(at.ctx, { inputs: { value1: 'a' }, settings: { ...settings, path: 'data.items[0].age' } }),
    ).toEqual({ status: 'done', value: 42 })
    expect(
      await at.json(at.ctx, { inputs: { value1: 'a' }, settings: { ...settings, path: 'data.items[0].tags' } }),
    ).toEqual({ status: 'done', value: ['a', 'b'] })
    expect(
      await at.text(at.ctx, { inputs: { value1: 'a' }, settings: { ...settings, path: 'data.missing[3]' } }),
    ).toEqual({ status: 'done', value: null })
    expect(await at.number(at.ctx, { inputs: { value1: 'a' }, settings })).toMatchObject({
      status: 'failed',
      code: 'NO_NUMBER',
    })
  })

  it('finds nothing on the way that the answer does not hold itself', async () => {
    await using at = await openHttp()
    const settings = { ...get, url: '/people', path: 'constructor.name' }
    expect(await at.text(at.ctx, { inputs: {}, settings })).toEqual({ status: 'done', value: null })
  })

  it('fills JSON bodies with values of any kind, and headers on one line', async () => {
    await using at = await openHttp()
    const body = '{ "name": "{{value1}}", "both": "{{value1}} and {{value2}}", "list": "{{value3}}" }'
    const inputs = { value1: '"},{"x":1', value2: 7, value3: [1, 2] }
    const settings = { ...get, method: 'POST', url: '/people', body, path: 'got' } as const
    const got = { name: '"},{"x":1', both: '"},{"x":1 and 7', list: [1, 2] }
    expect(await at.json(at.ctx, { inputs, settings })).toEqual({ status: 'done', value: got })
    const headers = 'x-agent: {{value1}}'
    const named = await at.text(at.ctx, {
      inputs: { value1: 'a\r\nx-evil: 1' },
      settings: { ...get, headers, url: '/people', path: 'agent' },
    })
    expect(named).toEqual({ status: 'done', value: 'a x-evil: 1' })
  })

  it('fails a cell under the status of the answer', async () => {
    await using at = await openHttp()
    const settings = { ...get, url: '/nothing', path: '' }
    expect(await at.text(at.ctx, { inputs: {}, settings })).toMatchObject({
      status: 'failed',
      code: '404',
      retryable: false,
    })
  })

  it('calls no address of a private network, and takes the header to no other address', async () => {
    await using at = await openHttp()
    await using other = await startSimulator(service)
    const settings = { ...get, url: '{{value1}}', path: '' }
    const asked = at.text(at.ctx, { inputs: { value1: `${other.url}/people` }, settings })
    await expect(asked).rejects.toMatchObject({ code: 'URL_REFUSED' })
    expect(other.journal.entries).toHaveLength(0)
    const elsewhere = `${new URL(at.vendor.url).origin}/v2/people`
    await at.text(at.ctx, { inputs: { value1: elsewhere }, settings })
    expect(at.vendor.journal.entries[0]?.headers).not.toHaveProperty('x-service-key')
  })

  it('sends a row once, also when the connection breaks', async () => {
    await using at = await openHttp()
    const settings = { ...get, method: 'POST', url: '/people', body: '{"n":"{{value1}}"}' } as const
    const row = { inputs: { value1: 1 }, settings, idempotencyKey: 'k' }
    expect(await at.send(at.ctx, row)).toEqual({ status: 'done', value: { status: 200, answer: { got: { n: 1 } } } })
    at.vendor.faults.add({ kind: 'cut', when: 'after-effect' })
    await expect(at.send(at.ctx, row)).rejects.toMatchObject({ effect: 'unknown' })
    expect(at.vendor.state.sent).toEqual([{ n: 1 }, { n: 1 }])
  })

  it('takes rows by webhook, and knows one again that comes twice', async () => {
    const { webhooks, sources } = http().parts
    const body = new TextEncoder().encode('[{"a":1,"b":{"c":2,"d":3}},{"id":7}]')
    const request = { method: 'POST', url: 'https://host.example.com/w?secret=s3cret', headers: new Headers(), body }
    const proof = { secret: 's3cret', credentials: undefined, now: new Date() }
    expect(await webhooks.rows.verify(request, proof)).toEqual({ ok: true })
    expect(await webhooks.rows.verify({ ...request, url: 'https://host.example.com/w' }, proof)).toMatchObject({
      ok: false,
    })
    const [event] = webhooks.rows.parse(request)
    const records = [{ a: 1, b: { c: 2, d: 3 } }, { id: 7 }]
    expect(event).toEqual({ kind: 'records', source: 'received', records })
    const { key } = sources.received
    expect(key({ b: { d: 3, c: 2 }, a: 1 })).toBe(key({ a: 1, b: { c: 2, d: 3 } }))
    expect(key({ a: 1, b: { c: 2, d: 4 } })).not.toBe(key({ a: 1, b: { c: 2, d: 3 } }))
    expect(key({ id: 7, name: 'new' })).toBe('7')
  })
})

const people = { ...get, url: '/people?email={{value1}}', path: 'data.items[0].name' }

function received(id: number): WebhookTrial['message'] {
  return (to, secret) => ({ to, body: { id }, headers: { 'x-opslayer-secret': secret } })
}

const checks = await pluginChecks({
  plugin: () => http(),
  start: () => startSimulator(service),
  credentials: credentialsFor,
  refusedCredentials: (url) => ({ ...credentialsFor(url), value: 'somebody-elses-key' }),
  // Its columns are one function in three types.
  ends: { calls: 1, roundTrips: 2 },
  columns: {
    fetch_text: [{ settings: people, cells: [{ value1: 'a' }, { value1: 'b' }], anyShape: true }],
    fetch_number: [{ settings: { ...people, path: 'data.items[0].age' }, cells: [{ value1: 'a' }], anyShape: true }],
    fetch_json: [{ settings: { ...people, path: 'data.items[0]' }, cells: [{ value1: 'a' }], anyShape: true }],
  },
  sources: { received: [{ records: 0 }] },
  actions: {
    send: [
      {
        settings: { ...get, method: 'POST', url: '/people', body: '{"n":"{{value1}}"}' },
        rows: [{ value1: 1 }, { value1: 2 }],
        effects: (vendor) => vendor.state.sent.length,
      },
    ],
  },
  webhooks: {
    rows: {
      timed: false,
      message: received(1),
      others: [received(2), received(3)],
    },
  },
})

describe('http keeps the contract', () => {
  for (const check of checks) it(check.name, check.run)
})
