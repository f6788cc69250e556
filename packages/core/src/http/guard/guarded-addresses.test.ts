import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defineSimulator } from '../../testing/simulator/define-simulator.ts'
import { startSimulator } from '../../testing/simulator/start-simulator.ts'
import { overNetwork } from '../network.ts'
import { createGuardedFetch, type GuardedFetch } from './guarded-fetch.ts'
import type { Resolve } from './guarded-lookup.ts'

/** A service of the private network. It speaks no HTTP: any connection counts. */
let connections = 0
const listener = createServer((socket) => {
  connections += 1
  socket.destroy()
})
let port = 0

beforeAll(async () => {
  listener.listen(0, '::')
  await once(listener, 'listening')
  port = (listener.address() as AddressInfo).port
})

afterAll(() => {
  listener.close()
})

const redirecting = defineSimulator({
  id: 'redirecting',
  state: () => ({}),
  routes: {
    'GET /to': ({ request }) => ({
      status: Number(request.query.get('status')),
      headers: { location: request.query.get('to') ?? '' },
    }),
  },
})

/** What resolvers might say: names of users lead where users want. */
const answers: Readonly<Record<string, readonly string[]>> = {
  'loopback.example.com': ['127.0.0.1'],
  'six.example.com': ['::1'],
  'private.example.com': ['10.0.0.5'],
  'metadata.example.com': ['169.254.169.254'],
  'mapped.example.com': ['::ffff:127.0.0.1'],
  'nat64.example.com': ['64:ff9b::7f00:1'],
  'several.example.com': ['93.184.215.14', '127.0.0.1'],
  'none.example.com': [],
}

const resolveAs =
  (table: typeof answers): Resolve =>
  async (hostname) =>
    (table[hostname] ?? ['127.0.0.1']).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

const init = { method: 'GET', headers: new Headers(), body: null, redirect: 'manual' } as const

async function call(guarded: GuardedFetch, address: string, trusted?: string): Promise<unknown> {
  const send = overNetwork({
    trusted: (url, given) => fetch(url, given),
    guarded: guarded.fetch,
    isTrusted: (url) => url.origin === trusted,
  })
  try {
    const url = new URL(address)
    const signal = AbortSignal.timeout(1_000)
    const rest = { idempotent: true, route: '', timeoutMs: 1_000, deadline: 1_000, attempt: 1 }
    return (await send({ ...init, ...rest, url, signal })).status
  } catch (error) {
    return (error as { code?: unknown }).code ?? error
  }
}

const p = (text: string): string => text.replaceAll('PORT', String(port))

/** Ways to say 127.0.0.1 and its like. `PORT` is where the private service listens. */
const forms = [
  'http://127.0.0.1:PORT/',
  'https://127.0.0.1:PORT/',
  'http://localhost:PORT/',
  'http://LOCALHOST:PORT/',
  'http://localhost.:PORT/',
  'http://foo.localhost:PORT/',
  'http://service.internal:PORT/',
  'http://printer.local:PORT/',
  'http://intranet:PORT/',
  'http://127.1:PORT/',
  'http://127.0.1:PORT/',
  'http://127.255.255.254:PORT/',
  'http://2130706433:PORT/',
  'http://0x7f000001:PORT/',
  'http://0x7f.1:PORT/',
  'http://0177.0.0.1:PORT/',
  'http://017700000001:PORT/',
  'http://0x7f.0x0.0x0.0x1:PORT/',
  'http://127.0.0.1.:PORT/',
  'http://0:PORT/',
  'http://0.0.0.0:PORT/',
  'http://%31%32%37.0.0.1:PORT/',
  'http://①②⑦.⓪.⓪.①:PORT/',
  'http://127。0。0。1:PORT/',
  'http://[::1]:PORT/',
  'http://[::]:PORT/',
  'http://[0:0:0:0:0:0:0:1]:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
  'http://[::ffff:7f00:1]:PORT/',
  'http://[::127.0.0.1]:PORT/',
  'http://[64:ff9b::127.0.0.1]:PORT/',
  'http://[2002:7f00:1::]:PORT/',
  'http://[fe80::1]:PORT/',
  'http://[fd00:ec2::254]:PORT/',
  'http://10.0.0.1:PORT/',
  'http://192.168.0.1:PORT/',
  'http://172.16.0.1:PORT/',
  'http://100.64.0.1:PORT/',
  'http://169.254.169.254/latest/meta-data/',
  'http://168.63.129.16/machine',
  'http://metadata.google.internal/computeMetadata/v1/',
  'http://user:pass@127.0.0.1:PORT/',
  'http://example.com@127.0.0.1:PORT/',
  'http://example.com%2f@127.0.0.1:PORT/',
  'http://example.com\\@127.0.0.1:PORT/',
  'http://127.0.0.1:PORT#@example.com/',
  'http://loopback.example.com:PORT/',
  'http://six.example.com:PORT/',
  'http://private.example.com:PORT/',
  'http://metadata.example.com:PORT/',
  'http://mapped.example.com:PORT/',
  'http://nat64.example.com:PORT/',
  'http://several.example.com:PORT/',
  'http://none.example.com:PORT/',
  'ftp://127.0.0.1:PORT/',
  'file:///etc/passwd',
  'gopher://127.0.0.1:PORT/_x',
  'data:text/plain,x',
  'ws://127.0.0.1:PORT/',
  'javascript:fetch("http://127.0.0.1:PORT/")',
]

describe('an address that a user gives', () => {
  it(`is not called in any of ${forms.length} forms that lead into a private network`, async () => {
    await using guarded = { ...createGuardedFetch(resolveAs(answers)), [Symbol.asyncDispose]: () => guarded.close() }
    const outcomes: [string, unknown][] = []
    for (const form of forms) outcomes.push([form, await call(guarded, p(form))])
    expect(outcomes).toEqual(forms.map((form) => [form, 'URL_REFUSED']))
    expect(connections).toBe(0)
  })

  it.each([301, 302, 303, 307, 308])('is not called as the target of a redirect by %i', async (status) => {
    await using guarded = { ...createGuardedFetch(resolveAs(answers)), [Symbol.asyncDispose]: () => guarded.close() }
    await using vendor = await startSimulator(redirecting)
    for (const form of [
      'http://127.0.0.1:PORT/',
      'http://[::1]:PORT/',
      'http://loopback.example.com:PORT/',
      'file:///etc/passwd',
    ]) {
      const to = encodeURIComponent(p(form))
      expect(await call(guarded, `${vendor.url}/to?status=${status}&to=${to}`, vendor.url)).toBe('URL_REFUSED')
    }
    expect(connections).toBe(0)
  })

  it('is resolved once, so that no second answer can lead elsewhere', async () => {
    let asked = 0
    const rebinding: Resolve = async () => {
      asked += 1
      return [{ address: asked === 1 ? '93.184.215.14' : '127.0.0.1', family: 4 }]
    }
    await using guarded = { ...createGuardedFetch(rebinding), [Symbol.asyncDispose]: () => guarded.close() }
    // Nobody is there under the first answer, in a network without the internet or with it: the port is ours.
    expect(await call(guarded, `http://rebinding.example.com:${port}/`)).not.toBe(200)
    expect(asked).toBe(1)
    expect(connections).toBe(0)
    expect(await call(guarded, `http://rebinding.example.com:${port}/`)).toBe('URL_REFUSED')
    expect(connections).toBe(0)
  })

  it.each([22, 25, 6379, 5432, 11211])('is not called at port %i', async (foreign) => {
    await using guarded = { ...createGuardedFetch(resolveAs({})), [Symbol.asyncDispose]: () => guarded.close() }
    expect(await call(guarded, `http://93.184.215.14:${foreign}/`)).toBe('URL_REFUSED')
  })
})
