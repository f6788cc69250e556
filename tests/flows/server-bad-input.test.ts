import { request as httpRequest, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { createFetchHandler, createOpsRouter, type LogEntry, type ProcedureName } from '@opslayer/server'
import { anything, array, constantFrom, dictionary, letrec, oneof, sample, string } from 'fast-check'
import { expect, it } from 'vitest'
import { seededRandom } from '../bench/seeded-random.ts'
import { describeOneDatabase } from '../databases/describe-databases.ts'
import { besideTheRouter, callProcedure, type ProcedureKind } from './testing/call-procedure.ts'
import { forgetfulFiles } from './testing/forgetful-files.ts'
import { openOps } from './testing/open-ops.ts'
import { openOpsOnce } from './testing/open-ops-once.ts'
import { procedureInputs } from './testing/procedure-inputs.ts'
import { identityOf, memberHeader, serveOps } from './testing/serve-ops.ts'

const owner = { orgId: 'acme', id: 'ann', role: 'owner' }
const unlimited = { perSecond: 1_000_000, burst: 1_000_000, concurrent: 1_000_000 }

/** Payloads for each procedure: `pnpm fuzz payloads` asks for 10,000. */
const payloads = Number(process.env.OPSLAYER_FUZZ ?? 40)
const seed = Number(process.env.OPSLAYER_FUZZ_SEED ?? 20_261_120)

/** `OPSLAYER_FUZZ_PART=3/12` tries every twelfth procedure only, from the third on: all of them take an hour. */
const [part = 1, parts = 1] = (process.env.OPSLAYER_FUZZ_PART ?? '1/1').split('/').map(Number)
const tried = (Object.keys(procedureInputs) as ProcedureName[]).filter((_, place) => place % parts === part - 1)

/** Hands out the whole of a log in which each of its calls is noted, whatever its input: 10,000 of them would take an hour. */
const growing: ProcedureName = 'audit.export'

async function post(
  url: string,
  body: string | ReadableStream<Uint8Array>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...memberHeader(owner), ...headers },
    ...(typeof body !== 'string' && { duplex: 'half' }),
  } as RequestInit)
}

async function codeOf(response: Response): Promise<readonly [number, string | undefined]> {
  return [response.status, /"ops":\{"code":"([A-Z_]+)"/.exec(await response.text())?.[1]]
}

describeOneDatabase('the handler', (makeDatabase) => {
  const test = openOpsOnce(makeDatabase)

  it('answers requests that are none with a code', async () => {
    await using served = await serveOps(test.ops)
    const rpc = `${served.url}/rpc`
    const create = `${rpc}/tables.create`
    const get = (path: string): Promise<Response> => fetch(`${served.url}/${path}`, { headers: memberHeader(owner) })
    for (const body of [
      '{',
      '',
      'null',
      '[]',
      '"text"',
      '1e999',
      '\u0000',
      `${'['.repeat(100_000)}`,
      '{"__proto__":{"name":1}}',
    ]) {
      const [status, code] = await codeOf(await post(create, body))
      expect([body.slice(0, 20), status, code]).toEqual([body.slice(0, 20), 400, 'INVALID_INPUT'])
    }
    expect(await codeOf(await get('rpc/nothing.there'))).toEqual([404, 'NOT_FOUND'])
    expect(await codeOf(await get('rpc/__proto__'))).toEqual([404, 'NOT_FOUND'])
    expect(await codeOf(await get('rpc/tables.list.constructor'))).toEqual([404, 'NOT_FOUND'])
    expect(await codeOf(await get('elsewhere'))).toEqual([404, 'NOT_FOUND'])
    for (const path of ['webhooks/', 'webhooks/no/such', 'webhooks/no/such/token/more', 'webhooks/%E0%A4%A/x/y'])
      expect([path, (await get(path)).status]).toEqual([path, 404])
    expect(await codeOf(await get('rpc/%E0%A4%A'))).toEqual([400, 'INVALID_INPUT'])
    expect(await codeOf(await get('exports?input=%7B'))).toEqual([400, 'INVALID_INPUT'])
    expect(await codeOf(await get('rpc/tables.create?input={}'))).toEqual([405, 'INVALID_INPUT'])
    for (const strange of [{ method: 'TRACE' }, { headers: { host: 'a b' } }]) {
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
      httpRequest(`${rpc}/tables.list`, strange, resolve).once('error', reject).end()
      const answer = await promise
      expect([answer.statusCode, await text(answer)]).toEqual([400, expect.stringContaining('"code":"INVALID_INPUT"')])
    }
    const form = await post(create, 'name=x', { 'content-type': 'text/plain' })
    expect(await codeOf(form)).toEqual([400, 'INVALID_INPUT'])
  })

  it('bounds the size of requests and batches', async () => {
    await using served = await serveOps(test.ops)
    const create = `${served.url}/rpc/tables.create`
    const chunk = Buffer.alloc(1_000_000, 'x')
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += chunk.length
        if (sent > 100_000_000) controller.close()
        else controller.enqueue(chunk)
      },
    })
    const told = await post(create, endless).then(codeOf, () => 'cut off')
    expect([[422, 'LIMIT_EXCEEDED'], 'cut off']).toContainEqual(told)
    expect(sent).toBeLessThan(40_000_000)

    const names = Array.from({ length: 10_000 }, () => 'tables.list').join()
    const input = JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [n, {}])))
    const batch = await post(`${served.url}/rpc/${names}?batch=1`, input).then(codeOf, () => 'cut off')
    expect([
      [400, 'INVALID_INPUT'],
      [431, undefined],
    ]).toContainEqual(batch)
    const together = async (calls: number): Promise<Response> =>
      await fetch(`${served.url}/rpc/${Array.from({ length: calls }, () => 'settings.get').join()}?batch=1&input={}`, {
        headers: memberHeader(owner),
      })
    expect((await together(50)).status).toBe(200)
    expect(await codeOf(await together(51))).toEqual([400, 'INVALID_INPUT'])
  })

  it('lets go of a request that does not arrive', async () => {
    await using served = await serveOps(test.ops, { bodyTimeoutMs: 300 })
    const { promise, resolve } = Promise.withResolvers<number>()
    const headers = { ...memberHeader(owner), 'content-type': 'application/json', 'content-length': 1_000 }
    const slow = httpRequest(`${served.url}/rpc/tables.create`, { method: 'POST', headers }, (response) => {
      resolve(response.statusCode ?? 0)
    })
    slow.on('error', () => resolve(0))
    slow.write('{')
    const drip = setInterval(() => slow.write(' '), 50)
    expect([400, 0]).toContain(await promise)
    clearInterval(drip)
    slow.destroy()
  })

  it('does nothing for pages of other origins, unless they are named', async () => {
    await using served = await serveOps(test.ops, { cors: { origins: ['https://app.example'] } })
    const create = `${served.url}/rpc/tables.create`
    const table = JSON.stringify({ name: 'T' })
    const foreign = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: 'https://other.example' },
      { origin: 'https://other.example' },
      { origin: 'null' },
    ]
    for (const headers of foreign) expect(await codeOf(await post(create, table, headers))).toEqual([403, 'FORBIDDEN'])
    const own = await post(create, table, { origin: new URL(served.url).origin, 'sec-fetch-site': 'same-origin' })
    expect(own.status).toBe(200)
    const named = await post(create, table, { origin: 'https://app.example', 'sec-fetch-site': 'cross-site' })
    expect([named.status, named.headers.get('access-control-allow-origin')]).toEqual([200, 'https://app.example'])
    const asked = (origin: string): Promise<Response> => fetch(create, { method: 'OPTIONS', headers: { origin } })
    expect([(await asked('https://app.example')).status, (await asked('https://other.example')).status]).toEqual([
      204, 403,
    ])
  })

  it('bounds how much one actor asks', async () => {
    await using served = await serveOps(test.ops, { limits: { perSecond: 1, burst: 5 } })
    const call = (id: string): Promise<Response> =>
      fetch(`${served.url}/rpc/settings.get`, { headers: memberHeader({ ...owner, id }) })
    const answers = await Promise.all(Array.from({ length: 8 }, () => call('ann')))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 429, 429, 429])
    expect(answers.find(({ status }) => status === 429)?.headers.get('retry-after')).toBe('1')
    expect((await call('bob')).status).toBe(200)
  })

  it('bounds how many calls of one actor run at once, exports that nobody reads among them', async () => {
    const gate = Promise.withResolvers<void>()
    let inside = 0
    const options = {
      limits: { perSecond: 10_000, burst: 10_000 },
      authorize: async ({ actor }: { readonly actor: { readonly id: string } }) => {
        if (actor.id === 'ann') {
          inside += 1
          await gate.promise
        }
        return true
      },
    }
    await using served = await serveOps(test.ops, options)
    const call = (id: string, names = 'settings.get'): Promise<Response> =>
      fetch(`${served.url}/rpc/${names}?batch=1&input={}`, { headers: memberHeader({ ...owner, id }) })
    const batch = call('ann', Array.from({ length: 40 }, () => 'settings.get').join())
    const single = Array.from({ length: 24 }, () => call('ann'))
    await expect.poll(() => inside).toBe(64)
    const refused = await call('ann')
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await codeOf(refused)).toEqual([429, 'RATE_LIMITED'])
    expect((await call('bob')).status).toBe(200)
    gate.resolve()
    const answers = await Promise.all([batch, ...single])
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 25 }, () => 200))
    expect((await call('ann')).status).toBe(200)

    const handler = createFetchHandler(test.ops, { context: identityOf, limits: { ...unlimited, concurrent: 2 } })
    const { id } = await test.ops
      .forOrg({ orgId: 'acme', actor: { type: 'user', id: 'ann' } })
      .tables.create({ name: 'T' })
    const input = encodeURIComponent(JSON.stringify({ tableId: id, query: { format: 'csv' } }))
    const download = (): Promise<Response> =>
      handler(new Request(`http://host/ops/exports?input=${input}`, { headers: memberHeader(owner) }))
    const [left, read] = [await download(), await download()]
    expect(await codeOf(await download())).toEqual([429, 'RATE_LIMITED'])
    await left.body?.cancel()
    const next = await download()
    expect(next.status).toBe(200)
    expect(await codeOf(await download())).toEqual([429, 'RATE_LIMITED'])
    await Promise.all([read.text(), next.text()])
    expect((await download()).status).toBe(200)
  })

  it('writes nothing of a request into headers and the log that could pass for something else', async () => {
    const lines: LogEntry[] = []
    const handler = createFetchHandler(test.ops, {
      context: identityOf,
      log: (line) => line.level !== 'info' && lines.push(line),
    })
    const path = encodeURIComponent('rows.page\n{"level":"info","message":"forged"}')
    for (const id of ['a\tb', 'x'.repeat(500), '<script>', 'Ä'.normalize('NFD').slice(0, 1)]) {
      const request = new Request(`http://host/ops/rpc/${path}`, {
        headers: { ...memberHeader(owner), 'x-request-id': id },
      })
      const response = await handler(request)
      expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    }
    const { id } = await test.ops
      .forOrg({ orgId: 'acme', actor: { type: 'user', id: 'ann' } })
      .tables.create({ name: 'T' })
    for (const fileName of ['a"; filename="b', 'a\\"\r\nset-cookie: s=1', 'ä;x=1', '\ud800%0d%0a']) {
      const input = encodeURIComponent(JSON.stringify({ tableId: id, query: { format: 'csv', fileName } }))
      const response = await handler(
        new Request(`http://host/ops/exports?input=${input}`, { headers: memberHeader(owner) }),
      )
      await response.body?.cancel()
      expect([response.status, response.headers.get('content-disposition')]).toEqual([
        200,
        expect.stringMatching(/^attachment; filename="[^"\\%]+"; filename\*=UTF-8''[\w.~%-]+$/),
      ])
    }
    expect(lines).toHaveLength(4)
    for (const { procedure, requestId } of lines)
      expect(`${procedure} ${requestId}`).toMatch(/^[\w.,?-]+ [0-9a-f-]{36}$/)
  })

  it('answers whatever payload a procedure gets with a code, and stays as it is', { timeout: 900_000 }, async () => {
    await using test = await openOps(makeDatabase, { files: forgetfulFiles() })
    const { ops } = test
    const org = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'ann' } })
    const lines: LogEntry[] = []
    const rejections: unknown[] = []
    const onRejection = (reason: unknown): void => void rejections.push(reason)
    process.on('unhandledRejection', onRejection)
    const handler = createFetchHandler(ops, {
      context: identityOf,
      limits: unlimited,
      log: (line) => line.level === 'error' && lines.push(line),
    })
    const { record } = createOpsRouter(ops, { context: () => null })._def
    const kindOf = (name: string): ProcedureKind => {
      const beside = besideTheRouter.find(([known]) => known === name)
      if (beside !== undefined) return beside[1]
      const found = name.split('.').reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], record)
      return (found as { _def: { type: ProcedureKind } })._def.type
    }
    const { next: random } = seededRandom(seed)
    const faults: string[] = []
    for (const name of tried) {
      const table = await org.tables.create({ name: 'T', columns: [{ name: 'Name', type: 'text' }] })
      const column = table.columns[0]?.id ?? ''
      const right = procedureInputs[name]({
        table: table.id,
        column,
        row: '1',
        view: 'all',
        operation: 'op_1',
        run: 'run_1',
      })
      const count = name === growing ? Math.min(payloads, 1_000) : payloads
      for (const payload of hostile(right, count, random)) {
        const { status, code, text } = await callProcedure(handler, owner, [name, kindOf(name)], payload)
        if (status >= 500 || (status >= 400 && code === undefined))
          faults.push(`${name} ${JSON.stringify(payload)?.slice(0, 200)}: ${status} ${text.slice(0, 300)}`)
      }
    }
    await sleep(50)
    process.off('unhandledRejection', onRejection)
    expect(faults.slice(0, 10)).toEqual([])
    expect([rejections, lines]).toEqual([[], []])
  })
})

const odd = [null, '', '\0', '\ud800', -1, 1e308, 0.5, true, [], {}, '__proto__', "' or 1=1 --", 'x'.repeat(20_000)]

const { filter } = letrec((tie) => ({
  filter: oneof(
    { depthSize: 'small' },
    dictionary(constantFrom('column', 'op', 'value', 'search', 'state', 'code'), oneof(constantFrom(...odd), string())),
    dictionary(constantFrom('and', 'or'), array(tie('filter'), { maxLength: 3 })),
  ),
}))

/** What stands where something right should. */
const wrong: readonly unknown[] = [
  ...odd,
  ...sample(filter, { seed, numRuns: 40 }),
  ...sample(anything({ maxDepth: 3 }), { seed, numRuns: 200 }),
]

/** Anything at all, and right inputs with members bent. */
function hostile(right: unknown, count: number, random: () => number): unknown[] {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const names = [...Object.keys(Object(right)), 'filter', 'sort', 'cursor', 'limit']
  return Array.from({ length: count }, () => {
    if (random() < 0.3) return pick(wrong)
    const bent = Array.from({ length: 1 + Math.floor(random() * 3) }, () => [pick(names), pick(wrong)])
    return { ...Object(right), ...Object.fromEntries(bent) }
  })
}
