import { createHmac, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { done } from '../../plugin/cell-outcome.ts'
import { apiKey } from '../../plugin/credential-method.ts'
import { definePlugin } from '../../plugin/define-plugin.ts'
import type { AnyPlugin } from '../../plugin/plugin.ts'
import type { PluginContext } from '../../plugin/plugin-context.ts'
import { PluginError } from '../../plugin/plugin-error.ts'
import { hmacSignature } from '../../plugin/verify-webhook.ts'
import type { WebhookRequest } from '../../plugin/webhook-part.ts'
import { defineSimulator } from '../simulator/define-simulator.ts'
import { pageByCursor } from '../simulator/pages.ts'
import { startSimulator } from '../simulator/start-simulator.ts'
import type { PluginTrial, WebhookTrial } from './plugin-trial.ts'
import { pluginChecks, testPlugin } from './test-plugin.ts'

interface Data {
  readonly people: readonly { id: number }[]
  readonly sent: Map<string, number>
}

const vendor = defineSimulator({
  id: 'acme',
  state: (): Data => ({ people: Array.from({ length: 7 }, (_, n) => ({ id: n })), sent: new Map() }),
  authorize: ({ request }) => (request.headers.get('x-key') === 'acme-key-1' ? undefined : { status: 401 }),
  signWebhook: ({ body, secret, at }) => {
    const time = String(Math.floor(at.getTime() / 1_000))
    return { 'x-time': time, 'x-sign': createHmac('sha256', secret).update(`${time}.${body}`).digest('hex') }
  },
  routes: {
    'GET /me': () => ({ json: { me: true } }),
    'GET /score': ({ request }) => ({ json: { score: (request.query.get('of') ?? '').length } }),
    'GET /people': ({ request, state }) => {
      const { items, next } = pageByCursor(state.people, { after: request.query.get('after'), limit: 3 })
      return { json: { items, next } }
    },
    'POST /send': ({ request, state }) => {
      const key = request.headers.get('idempotency-key') ?? `none ${state.sent.size}`
      state.sent.set(key, (state.sent.get(key) ?? 0) + 1)
      return { status: 201, json: { ok: true } }
    },
  },
})

type Ctx = PluginContext<{ readonly key: string }>

/** What an author may do well or badly. */
const good = {
  test: async (ctx: Ctx) => {
    if ((await ctx.fetch('/me')).status === 401) throw new PluginError('CREDENTIALS_REFUSED', 'The key is refused.')
    return {}
  },
  cell: async (ctx: Ctx, of: string) => {
    const response = await ctx.fetch(`/score?of=${of}`)
    const { score } = z.object({ score: z.number() }).parse(await response.json())
    return done(score)
  },
  page: async (ctx: Ctx, cursor: string | undefined) => {
    const response = await ctx.fetch(`/people?after=${cursor ?? ''}`)
    const { items, next } = z
      .object({ items: z.array(z.unknown()), next: z.string().optional() })
      .parse(await response.json())
    return { records: items, nextCursor: next }
  },
  idempotencyKey: (key: string): Record<string, string> => ({ 'idempotency-key': key }),
  verify: hmacSignature<{ readonly key: string }>({
    header: 'x-sign',
    timestamp: { header: 'x-time', unit: 's' },
    signed: (request, time) => [`${time}.`, request.body],
  }),
  deliveryKey: ({ body }: WebhookRequest): string => new TextDecoder().decode(body),
}

function pluginWith(changes: Partial<typeof good>): (url: string) => AnyPlugin {
  const { test, cell, page, idempotencyKey, verify, deliveryKey } = { ...good, ...changes }
  return (baseUrl) =>
    definePlugin({
      id: 'acme',
      version: '1.0.0',
      name: 'Acme',
      baseUrl,
      credentials: apiKey({ fields: z.object({ key: z.string() }), headers: ({ key }) => ({ 'x-key': key }) }),
      test,
    })
      .columnType({
        id: 'score',
        name: 'Score',
        description: 'Scores a name.',
        inputs: z.object({ of: z.string() }),
        value: 'number',
        cell: async (ctx, { inputs }) => await cell(ctx, inputs.of),
      })
      .source({
        id: 'people',
        name: 'People',
        description: 'All people.',
        record: z.looseObject({ id: z.number() }),
        key: ({ id }) => String(id),
        columns: { id: { name: 'Id', type: 'number', from: ({ id }) => id } },
        readPage: async (ctx, { cursor }) => await page(ctx, cursor),
      })
      .action({
        id: 'send',
        name: 'Send',
        description: 'Sends.',
        inputs: z.object({ to: z.string() }),
        output: z.object({ ok: z.boolean() }),
        idempotency: 'keyed',
        row: async (ctx, { idempotencyKey: key }) => {
          const init = { method: 'POST', headers: idempotencyKey(key), idempotent: true }
          const response = await ctx.fetch('/send', init)
          return done(z.object({ ok: z.boolean() }).parse(await response.json()))
        },
      })
      .webhook({
        id: 'hook',
        name: 'Hook',
        description: 'Tells of people.',
        verify,
        deliveryKey,
        parse: (request) => [
          { kind: 'records', source: 'people', records: [JSON.parse(new TextDecoder().decode(request.body))] },
        ],
      })
}

/** A webhook of a person. */
function told(id: number): WebhookTrial['message'] {
  return (to, secret) => ({ to, body: { id }, secret })
}

function trialOf(changes: Partial<typeof good>): PluginTrial<Data> {
  return {
    plugin: pluginWith(changes),
    start: () => startSimulator(vendor),
    credentials: () => ({ key: 'acme-key-1' }),
    refusedCredentials: () => ({ key: 'acme-key-2' }),
    columns: { score: [{ cells: [{ of: 'ada' }, { of: 'bob' }] }] },
    sources: { people: [{ records: 7 }] },
    actions: { send: [{ rows: [{ to: 'ada' }, { to: 'bob' }], effects: (at) => at.state.sent.size }] },
    webhooks: { hook: { message: told(9), others: [told(10), told(11)] } },
  }
}

describe('the checks of plugins', { timeout: 180_000 }, () => {
  it('hold of a good one', async () => {
    await testPlugin(trialOf({}))
  })

  it.each<[fault: string, changes: Partial<typeof good>, check: string, said: RegExp]>([
    [
      'that takes refusals for nothing',
      { test: async () => ({}) },
      'connection: credentials that the vendor refuses',
      /It ended with undefined/,
    ],
    [
      'that takes what it could not ask for a value',
      { cell: async (ctx, of) => await good.cell(ctx, of).catch(() => done(0)) },
      'column score, cell: no cell is done when the vendor breaks off its JSON',
      /cell 0 is done all the same/,
    ],
    [
      'whose values do not fit the column',
      { cell: async () => done('many' as never) },
      'column score, cell: every cell gets an outcome that fits',
      /none of the column type "number"/,
    ],
    [
      'that tells its key in an error',
      {
        cell: async (ctx, of) =>
          await good.cell(ctx, of).catch((error) => Promise.reject(new Error(`Key ${ctx.credentials.key}: ${error}`))),
      },
      'column score, cell: no cell is done when the vendor answers with null',
      /A secret of the credentials stands in the log/,
    ],
    [
      'that goes on after its signal',
      { cell: async (ctx, of) => await good.cell(ctx, of).catch(() => new Promise(() => {})) },
      'column score, cell: it ends with its signal',
      /It goes on after 2 s/,
    ],
    [
      'that takes a broken page for the last one',
      {
        page: async (ctx, cursor) => await good.page(ctx, cursor).catch(() => ({ records: [], nextCursor: undefined })),
      },
      'source people: it does not end early when the vendor breaks off its JSON',
      /taken for the last one/,
    ],
    [
      'that reads a page twice',
      {
        page: async (ctx, cursor) => {
          const { records, nextCursor } = await good.page(ctx, cursor?.replace('!', ''))
          return { records, nextCursor: nextCursor ?? (cursor?.endsWith('!') === true ? undefined : `${cursor}!`) }
        },
      },
      'source people: every record is read once',
      /8 !== 7/,
    ],
    [
      'that sends without the key that keeps it from sending twice',
      { idempotencyKey: () => ({}) },
      'action send: the vendor acts on no row twice when it cuts the connection after it has acted',
      /for 2 rows/,
    ],
    [
      'that takes every webhook',
      { verify: async () => ({ ok: true }) },
      'webhook hook: what somebody has changed is refused',
      /true !== false/,
    ],
    [
      'that knows its webhooks by what they have in common',
      { deliveryKey: () => 'hook' },
      'webhook hook: what comes several times and in any order',
      /Deliveries of different things were taken for one/,
    ],
    [
      'that knows no webhook again',
      { deliveryKey: () => randomUUID() },
      'webhook hook: what comes several times and in any order',
      /A delivery that came again was taken for another one/,
    ],
  ])('see a plugin %s', async (_, changes, check, said) => {
    const checks = (await pluginChecks(trialOf(changes))).filter(({ name }) => name.startsWith(check))
    expect(checks).toHaveLength(1)
    const outcome = await checks[0]?.run().then(
      () => 'held',
      (error: unknown) => String(error),
    )
    expect(outcome).toMatch(said)
  })

  it('end with a plugin that never settles', async () => {
    const hanging = trialOf({ test: () => new Promise(() => {}) })
    const [check] = await pluginChecks({ ...hanging, timeoutMs: 50 })
    await expect(check?.run()).rejects.toThrow('It goes on after 0.05 s.')
  })

  it('are wanted for every part', async () => {
    const { columns: _, ...rest } = trialOf({})
    await expect(testPlugin(rest)).rejects.toThrow('There is no trial for the column "score".')
  })
})
