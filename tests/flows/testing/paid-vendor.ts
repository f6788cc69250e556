import {
  apiKey,
  definePlugin,
  done,
  failed,
  type PluginContext,
  PluginError,
  type RateLimit,
} from '@opslayer/core/plugin'
import { defineSimulator, startSimulator } from '@opslayer/core/testing'
import * as z from 'zod'
import { capitals } from './capitals.ts'

/** What the vendor knows of itself. */
interface VendorState {
  /** How often each word was asked for. */
  readonly asked: Map<string, number>
  /** Words of each request that it has answered, by its own name for the request. */
  readonly answered: Map<string, readonly string[]>
  /** Keys that it takes. */
  readonly keys: Set<string>
  /** Lists that were handed in, by the key of their submission. */
  readonly lists: Map<string, { readonly words: readonly string[]; polls: number }>
  /** Where it is to tell that a list is ready, by the list. */
  readonly callbacks: Map<string, string>
}

const answer = z.object({ upper: z.string().nullable() })
const answers = z.object({ items: z.array(z.object({ word: z.string(), upper: z.string() })) })

/** A vendor that bills one credit for each word that it spells in capitals, and counts. */
const paidSimulator = defineSimulator({
  id: 'paid',
  state: (): VendorState => ({
    asked: new Map(),
    answered: new Map(),
    keys: new Set(['good']),
    lists: new Map(),
    callbacks: new Map(),
  }),
  authorize: ({ request, state }) =>
    state.keys.has(request.headers.get('x-key') ?? '') ? undefined : { status: 401, json: { error: 'key' } },
  routes: {
    'GET /me': () => ({ json: {} }),
    'GET /upper': ({ request, state, bill }) => {
      const word = request.query.get('word') ?? ''
      state.asked.set(word, (state.asked.get(word) ?? 0) + 1)
      if (word.startsWith('quota')) return { status: 402, json: { retryAfterMs: 400 } }
      bill.charge(1, word)
      return { headers: named(state, [word]), json: { upper: word === 'none' ? null : word.toUpperCase() } }
    },
    'POST /lists': ({ request, state, bill }) => {
      const { key, words, callback } = request.json() as { key: string; words: string[]; callback?: string }
      if (callback !== undefined) state.callbacks.set(key, callback)
      if (!state.lists.has(key)) {
        state.lists.set(key, { words, polls: 0 })
        bill.charge(words.length, 'list')
      }
      return { status: 201, json: { id: key } }
    },
    'GET /lists/:id': ({ request, state }) => {
      const list = state.lists.get(request.params.id)
      if (list === undefined) return { status: 404, json: {} }
      list.polls += 1
      return { json: { done: list.polls > 1, words: list.words.map((word) => word.toUpperCase()) } }
    },
    'POST /many': ({ request, state, bill }) => {
      const { words } = request.json() as { words: string[] }
      for (const word of words) {
        state.asked.set(word, (state.asked.get(word) ?? 0) + 1)
        bill.charge(1, word)
      }
      const items = words.map((word) => ({ word, upper: word.toUpperCase() }))
      return { headers: named(state, words), json: { items } }
    },
  },
})

/** Gives a request a name of the vendor's own, as its support would ask for. */
function named({ answered }: VendorState, words: readonly string[]): Record<string, string> {
  const name = `req-${answered.size + 1}`
  answered.set(name, words)
  return { 'x-request-id': name }
}

export async function startPaidVendor() {
  return await startSimulator(paidSimulator)
}

export interface PaidPluginOptions {
  readonly rateLimits?: readonly RateLimit[] | undefined
  /** How long a cell of the part `upper` may take. @default as long as the engine lets it, however busy the machine is */
  readonly timeoutMs?: number | undefined
}

/** Spells in capitals, by the word and by the hundred; some words make it misbehave. */
export function paidPlugin(baseUrl: string, { rateLimits = [], timeoutMs }: PaidPluginOptions = {}) {
  return definePlugin({
    id: 'paid',
    version: '1.2.0',
    name: 'Paid',
    baseUrl,
    rateLimits,
    credentials: apiKey({
      fields: z.object({ key: z.string() }),
      headers: ({ key }) => ({ 'x-key': key }),
    }),
    test: async (ctx) => {
      if ((await ctx.fetch('/me')).status === 401) throw new PluginError('CREDENTIALS_REFUSED', 'The key is refused.')
      return {}
    },
  })
    .columnType({
      ...capitals,
      inputs: z.object({ word: z.string().min(1).max(50).meta({ title: 'Word' }) }),
      cost: { unit: 'credit', perItem: 1 },
      ...(timeoutMs !== undefined && { timeoutMs }),
      cell: async (ctx, { inputs: { word } }) => {
        if (word === 'throw') throw new TypeError('No such thing')
        if (word === 'never') return await new Promise(() => {})
        if (word === 'shape') return { upper: word } as never
        if (word === 'type') return done(['not', 'text'] as never)
        if (word === 'huge') return done('x'.repeat(2_000_000))
        if (word === 'bad') return failed('BAD_WORD', 'Nobody says that.')
        const response = await ctx.fetch(`/upper?word=${encodeURIComponent(word)}`)
        if (response.status === 401) throw new PluginError('CREDENTIALS_REFUSED', 'The key is refused.')
        if (response.status === 402) {
          throw new PluginError('QUOTA_EXHAUSTED', 'No more today.', { retryAfterMs: 400 })
        }
        return done(answer.parse(await response.json()).upper)
      },
    })
    .columnType({
      id: 'cached',
      name: 'Capitals, remembered',
      description: 'Spells a word in capitals, once.',
      inputs: z.object({ word: z.string().min(1).meta({ title: 'Word' }) }),
      value: 'text',
      cost: { unit: 'credit', perItem: 1 },
      cache: { ttlMs: 86_400_000, key: ({ word }) => word.toLowerCase() },
      cell: async (ctx, { inputs: { word } }) => {
        const response = await ctx.fetch(`/upper?word=${encodeURIComponent(word)}`)
        return done(answer.parse(await response.json()).upper)
      },
    })
    .columnType({
      id: 'many',
      name: 'Capitals by the hundred',
      description: 'Spells words in capitals.',
      inputs: z.object({ word: z.string().min(1).meta({ title: 'Word' }) }),
      value: 'text',
      cost: { unit: 'credit', perItem: 1 },
      batch: {
        maxCells: 100,
        run: async (ctx, { cells }) => {
          const words = cells.map(({ inputs }) => inputs.word)
          const response = await ctx.fetch('/many', {
            method: 'POST',
            body: JSON.stringify({ words }),
            idempotent: true,
          })
          const { items } = answers.parse(await response.json())
          return cells.flatMap(({ key }, place) => {
            const upper = items[place]?.upper
            return upper === undefined ? [] : [[key, done(upper)] as const]
          })
        },
      },
    })
    .columnType({
      id: 'slow',
      name: 'Capitals by lists',
      description: 'Hands in a list and comes back for it.',
      inputs: z.object({ word: z.string().min(1).meta({ title: 'Word' }) }),
      value: 'text',
      cost: { unit: 'credit', perItem: 1 },
      task: {
        maxCells: 1_000,
        pollEveryMs: 1_000,
        submit: async (ctx, { cells, idempotencyKey }) => {
          const words = cells.map(({ inputs }) => inputs.word)
          const body = JSON.stringify({ key: idempotencyKey, words })
          const response = await ctx.fetch('/lists', { method: 'POST', body, idempotent: true })
          const { id } = z.object({ id: z.string() }).parse(await response.json())
          return { state: { id }, ref: id }
        },
        poll: async (ctx, { state }) => {
          const { done: isDone } = await readList(ctx, state)
          return { status: isDone ? 'finished' : 'running' }
        },
        collect: async (ctx, { state, cells, cursor }) => {
          const { words } = await readList(ctx, state)
          const known = new Set(words)
          const half = cells.slice(0, cursor === undefined ? Math.ceil(cells.length / 2) : undefined)
          const outcomes = half.map(({ key, inputs }) => {
            const upper = inputs.word.toUpperCase()
            return [key, known.has(upper) ? done(upper) : failed('LEFT_OUT', 'The list left it out.')] as const
          })
          return { outcomes, ...(cursor === undefined && { nextCursor: 'rest' }) }
        },
      },
    })
    .columnType({
      id: 'told',
      name: 'Capitals, when told',
      description: 'Hands in a list and is called when it is ready.',
      inputs: z.object({ word: z.string().min(1).meta({ title: 'Word' }) }),
      value: 'text',
      cost: { unit: 'credit', perItem: 1 },
      task: {
        maxCells: 1_000,
        pollEveryMs: 3_600_000,
        submit: async (ctx, { cells, idempotencyKey, callbackUrl }) => {
          const words = cells.map(({ inputs }) => inputs.word)
          const body = JSON.stringify({ key: idempotencyKey, words, callback: callbackUrl('ready') })
          const response = await ctx.fetch('/lists', { method: 'POST', body, idempotent: true })
          const { id } = z.object({ id: z.string() }).parse(await response.json())
          return { state: { id }, ref: id }
        },
        poll: async () => ({ status: 'finished' }),
        collect: async (ctx, { state, cells }) => {
          const { words } = await readList(ctx, state)
          const known = new Set(words)
          return {
            outcomes: cells.map(({ key, inputs }) => {
              const upper = inputs.word.toUpperCase()
              return [key, known.has(upper) ? done(upper) : failed('LEFT_OUT', 'The list left it out.')] as const
            }),
          }
        },
      },
    })
    .webhook({
      id: 'ready',
      name: 'Ready',
      description: 'Tells that a list is ready.',
      // The address itself is the proof: nobody else knows it.
      verify: () => ({ ok: true }),
      parse: ({ body }) => {
        const { list } = z.object({ list: z.string() }).parse(JSON.parse(new TextDecoder().decode(body)))
        return [{ kind: 'task', column: 'told', ref: list }]
      },
    })
}

async function readList(ctx: PluginContext<unknown>, state: unknown) {
  const { id } = z.object({ id: z.string() }).parse(state)
  const response = await ctx.fetch(`/lists/${id}`)
  return z.object({ done: z.boolean(), words: z.array(z.string()) }).parse(await response.json())
}
