import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { done, failed } from '../../plugin/cell-outcome.ts'
import { oauth2 } from '../../plugin/credential-method.ts'
import { definePlugin } from '../../plugin/define-plugin.ts'
import type { AnyPlugin } from '../../plugin/plugin.ts'
import type { PluginContext } from '../../plugin/plugin-context.ts'
import type { Json } from '../../values/json.ts'
import { defineSimulator } from '../simulator/define-simulator.ts'
import { pageByCursor } from '../simulator/pages.ts'
import { startSimulator } from '../simulator/start-simulator.ts'
import type { PluginTrial } from './plugin-trial.ts'
import { pluginChecks } from './test-plugin.ts'

interface Lists {
  /** Lists that were handed in, by the key of their submission; what was taken is gone. */
  readonly lists: Map<string, { words: readonly string[]; polls: number }>
  readonly queue: { id: number }[]
  readonly sent: Map<string, string>
  readonly asked: Set<string>
}

const vendor = defineSimulator({
  id: 'lists',
  state: (): Lists => ({
    lists: new Map(),
    queue: Array.from({ length: 7 }, (_, id) => ({ id })),
    sent: new Map(),
    asked: new Set(),
  }),
  authorize: ({ request }) =>
    request.headers.get('authorization') === 'Bearer lists-token-1' ? undefined : { status: 401 },
  routes: {
    'POST /lists': ({ request, state, bill }) => {
      const { key, words } = request.json() as { key: string; words: string[] }
      if (!state.lists.has(key)) bill.charge(words.length, key)
      state.lists.set(key, state.lists.get(key) ?? { words, polls: 0 })
      return { status: 201, json: { id: key } }
    },
    'GET /lists/:id': ({ request, state }) => {
      const list = state.lists.get(request.params.id)
      if (list === undefined) return { status: 404, json: {} }
      list.polls += 1
      return { json: { ready: list.polls > 2 } }
    },
    'GET /lists/:id/words': ({ request, state }) => {
      const list = state.lists.get(request.params.id)
      const words = list?.words ?? []
      if (list !== undefined && request.query.has('take')) list.words = []
      return { json: { words: words.map((word) => word.toUpperCase()) } }
    },
    'GET /upper': ({ request, state }) => {
      const word = request.query.get('word') ?? ''
      if (request.query.has('once') && state.asked.has(word)) return { status: 409, json: {} }
      state.asked.add(word)
      return { json: { upper: word.toUpperCase() } }
    },
    'GET /people': ({ request, state }) => {
      if (request.query.has('take'))
        return { json: { items: state.queue.splice(0, 3), next: String(state.queue.length) } }
      const { items, next } = pageByCursor(state.queue, { after: request.query.get('after'), limit: 3 })
      return { json: { items, next } }
    },
    'POST /send': ({ request, state }) => {
      const { key, to } = request.json() as { key: string; to: string }
      state.sent.set(key, to)
      return { status: 201, json: {} }
    },
  },
})

/** What an author may do well or badly; `memory` is a variable of one process. */
const good = {
  key: (given: string) => given,
  state: (id: string, _memory: { id?: string }): Json => ({ id }),
  running: (_state: Json): Json | undefined => undefined,
  idOf: (state: Json, _memory: { id?: string }): string => z.object({ id: z.string() }).parse(state).id,
  words: '',
  upper: '',
  people: '',
}

/** Nobody answers at these addresses. */
const credentials = oauth2({
  authorizeUrl: 'https://lists.example/consent',
  tokenUrl: 'https://lists.example/token',
  clientId: 'trial',
  scopes: [],
})

async function read<Answer>(ctx: PluginContext<unknown>, path: string, answer: z.ZodType<Answer>, body?: object) {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body), idempotent: true }
  const response = await ctx.fetch(path, init)
  return response.ok ? answer.parse(await response.json()) : undefined
}

function pluginWith(changes: Partial<typeof good>): (url: string) => AnyPlugin {
  const author = { ...good, ...changes }
  const inputs = z.object({ word: z.string() })
  return (baseUrl) => {
    const memory: { id?: string } = {}
    return definePlugin({
      id: 'lists',
      version: '1.0.0',
      name: 'Lists',
      baseUrl,
      credentials,
      test: async () => ({}),
    })
      .columnType({
        id: 'listed',
        name: 'Listed',
        description: 'Spells in capitals, by lists.',
        inputs,
        value: 'text',
        cost: { unit: 'credit', perItem: 1 },
        task: {
          maxCells: 100,
          submit: async (ctx, { cells, idempotencyKey }) => {
            const words = cells.map((cell) => cell.inputs.word)
            const body = { key: author.key(idempotencyKey), words }
            const made = await read(ctx, '/lists', z.object({ id: z.string() }), body)
            return { state: author.state(made?.id ?? '', memory) }
          },
          poll: async (ctx, { state }) => {
            const path = `/lists/${author.idOf(state, memory)}`
            const list = await read(ctx, path, z.object({ ready: z.boolean() }))
            if (list === undefined) return { status: 'failed', code: 'NO_LIST', message: 'Gone.', retryable: false }
            if (list.ready) return { status: 'finished' }
            const next = author.running(state)
            return { status: 'running', ...(next !== undefined && { state: next }) }
          },
          collect: async (ctx, { state, cells }) => {
            const path = `/lists/${author.idOf(state, memory)}/words${author.words}`
            const { words = [] } = (await read(ctx, path, z.object({ words: z.array(z.string()) }))) ?? {}
            return {
              outcomes: cells.flatMap((cell, place) => {
                const word = words[place]
                return word === undefined ? [] : [[cell.key, done(word)] as const]
              }),
            }
          },
        },
      })
      .columnType({
        id: 'asked',
        name: 'Asked',
        description: 'Spells in capitals.',
        inputs,
        value: 'text',
        cell: async (ctx, { inputs: { word } }) => {
          const found = await read(ctx, `/upper?word=${word}${author.upper}`, z.object({ upper: z.string() }))
          return found === undefined ? failed('ASKED', 'It was asked before.') : done(found.upper)
        },
      })
      .source({
        id: 'people',
        name: 'People',
        description: 'All people.',
        record: z.looseObject({ id: z.number() }),
        key: ({ id }) => String(id),
        columns: { id: { name: 'Id', type: 'number', from: ({ id }) => id } },
        readPage: async (ctx, { cursor }) => {
          const page = z.object({ items: z.array(z.unknown()), next: z.string().optional() })
          const found = await read(ctx, `/people?after=${cursor ?? ''}${author.people}`, page)
          return { records: found?.items ?? [], nextCursor: found?.next === '0' ? undefined : found?.next }
        },
      })
      .action({
        id: 'send',
        name: 'Send',
        description: 'Sends.',
        inputs: z.object({ to: z.string() }),
        output: z.object({}),
        idempotency: 'keyed',
        row: async (ctx, { inputs: { to }, idempotencyKey }) => {
          await read(ctx, '/send', z.object({}), { key: author.key(idempotencyKey), to })
          return done({})
        },
      })
  }
}

function trialOf(changes: Partial<typeof good>): PluginTrial<Lists> {
  const cells = [{ word: 'ada' }, { word: 'bob' }]
  return {
    plugin: pluginWith(changes),
    start: () => startSimulator(vendor),
    credentials: () => ({ accessToken: 'lists-token-1' }),
    ends: { calls: 6, roundTrips: 1 },
    columns: { listed: [{ cells }], asked: [{ cells }] },
    sources: { people: [{ records: 7 }] },
    actions: { send: [{ rows: [{ to: 'ada' }, { to: 'bob' }], effects: (at) => at.state.sent.size }] },
  }
}

/** What becomes of the trial of a part whose process ends. */
async function outcomeOf(changes: Partial<typeof good>, part: string): Promise<string> {
  const checks = await pluginChecks(trialOf(changes))
  const check = checks.find(({ name }) =>
    name.startsWith(`${part}: nothing is lost or doubled though the process ends`),
  )
  return (await check?.run().then(() => 'held', String)) ?? 'There is no such check'
}

describe('runs of a plugin whose process ends', { timeout: 120_000 }, () => {
  it('hold of a good one', async () => {
    expect(await outcomeOf({}, 'column listed')).toBe('held')
  })

  it.each<[fault: string, changes: Partial<typeof good>, part: string, said: RegExp]>([
    [
      'hands a task in without its key',
      { key: () => randomUUID() },
      'column listed',
      /ended at call 1 \(POST \/lists\), once it was done and before anybody heard of it\. The vendor charged 4 in place of 2/,
    ],
    [
      'keeps the name of its task in a variable',
      {
        state: (id, memory) => {
          memory.id = id
          return null
        },
        idOf: (_, { id = 'unknown' }) => id,
      },
      'column listed',
      /ended at call 2 \(GET \/lists\/\S+\), before it went out\. Cell 1 is failed \(NO_LIST\); in calm it is "ADA"/,
    ],
    [
      'loses the name of its task while it asks how it stands',
      {
        running: () => ({}),
        idOf: (state, memory) => {
          memory.id ??= z.object({ id: z.string() }).safeParse(state).data?.id ?? 'unknown'
          return memory.id
        },
      },
      'column listed',
      /ended at call 3 \(GET \/lists\/\S+\), before it went out\. Cell 1 is failed \(NO_LIST\); in calm it is "ADA"/,
    ],
    [
      'takes results away before they are stored',
      { words: '?take=1' },
      'column listed',
      /ended at call 5 \(GET \/lists\/\S+\/words\), once it was done and before anybody heard of it\. Cell 1 is failed/,
    ],
    [
      'asks what is answered once',
      { upper: '&once=1' },
      'column asked',
      /column asked: it was \[.*"ADA".*\], and is \[.*"ASKED".*\] when it is asked for anew/,
    ],
    [
      'takes records off a queue that forgets them',
      { people: '&take=1' },
      'source people',
      /ended at call 1 \(GET \/people\), once it was done and before anybody heard of it\. 3 of 7 records were lost/,
    ],
    [
      'sends without the key',
      { key: () => randomUUID() },
      'action send',
      /ended at call 1 \(POST \/send\), once it was done and before anybody heard of it\. The vendor has acted \d times for 2 rows/,
    ],
  ])('tell of one that %s', async (_, changes, part, said) => {
    expect(await outcomeOf(changes, part)).toMatch(said)
  })
})
