import { definePlugin, done, failed, type RateLimit } from '@opslayer/core/plugin'
import { defineSimulator, startSimulator } from '@opslayer/core/testing'
import * as z from 'zod'

/** What the vendor makes of its lists from now on. */
interface ListState {
  lists: Map<string, readonly string[]>
  standing: 'running' | 'ready' | 'broken'
}

/** A vendor that bills each word as soon as it is handed in, whatever becomes of its list. */
const listSimulator = defineSimulator({
  id: 'lister',
  state: (): ListState => ({ lists: new Map(), standing: 'running' }),
  routes: {
    'POST /lists': ({ request, state, bill }) => {
      const { key, words } = z.object({ key: z.string(), words: z.array(z.string()) }).parse(request.json())
      if (!state.lists.has(key)) bill.charge(words.length, key)
      state.lists.set(key, words)
      return { status: 201, json: { id: key } }
    },
    'GET /lists/:id': ({ request, state }) => {
      const words = state.lists.get(request.params.id)
      return words === undefined ? { status: 404, json: {} } : { json: { standing: state.standing, words } }
    },
    'POST /send': ({ bill }) => {
      bill.charge(1, 'sent')
      return { status: 201, json: {} }
    },
    'GET /word': ({ request, bill }) => {
      bill.charge(1, 'word')
      return { json: { word: request.query.get('word') } }
    },
  },
})

export async function startListVendor() {
  return await startSimulator(listSimulator)
}

const list = z.object({ standing: z.enum(['running', 'ready', 'broken']), words: z.array(z.string()) })
const inputs = z.object({ word: z.string().min(1).meta({ title: 'Word' }) })
const cost = { unit: 'credit', perItem: 1 }

/**
 * Words that a list leaves out begin with `x`, those that it refuses with `y`; `z` comes in the wrong shape.
 *
 * @param refunds whether a list that breaks costs nothing
 */
export function listPlugin(
  baseUrl: string,
  { rateLimits = [], refunds = false }: { readonly rateLimits?: readonly RateLimit[]; readonly refunds?: boolean } = {},
) {
  return definePlugin({ id: 'lister', version: '1.0.0', name: 'Lister', baseUrl, rateLimits })
    .columnType({
      id: 'listed',
      name: 'Listed',
      description: 'Hands words in and comes back for them.',
      inputs,
      value: 'text',
      cost,
      task: {
        maxCells: 100,
        pollEveryMs: 1_000,
        giveUpAfterMs: 3_600_000,
        submit: async (ctx, { cells, idempotencyKey }) => {
          const words = cells.map(({ inputs: { word } }) => word)
          const body = JSON.stringify({ key: idempotencyKey, words })
          const response = await ctx.fetch('/lists', { method: 'POST', body, idempotent: true })
          const { id } = z.object({ id: z.string() }).parse(await response.json())
          return { state: { id } }
        },
        poll: async (ctx, { state }) => {
          const { id } = z.object({ id: z.string() }).parse(state)
          const response = await ctx.fetch(`/lists/${id}`)
          const { standing } = list.parse(await response.json())
          if (standing === 'running') return { status: 'running' }
          if (standing === 'ready') return { status: 'finished' }
          return {
            status: 'failed',
            code: 'BROKEN',
            message: 'The list broke.',
            retryable: true,
            ...(refunds && { cost: 0 }),
          }
        },
        collect: async (ctx, { state, cells }) => {
          const { id } = z.object({ id: z.string() }).parse(state)
          const { words } = list.parse(await (await ctx.fetch(`/lists/${id}`)).json())
          return {
            outcomes: cells
              .filter(({ inputs: { word } }) => words.includes(word) && !word.startsWith('x'))
              .map(({ key, inputs: { word } }) => {
                if (word.startsWith('y')) return [key, failed('REFUSED', 'Nobody says that.')] as const
                return [key, word.startsWith('z') ? done(['z'] as never) : done(word.toUpperCase())] as const
              }),
          }
        },
      },
    })
    .columnType({
      id: 'word',
      name: 'Word',
      description: 'Asks for one word.',
      inputs,
      value: 'text',
      cost,
      timeoutMs: 1_000,
      cell: async (ctx, { inputs: { word } }) => {
        const response = await ctx.fetch(`/word?word=${word}`)
        if (word === 'throws') throw new TypeError('No such member')
        await response.json()
        return done(word === 'shape' ? (['shape'] as never) : word)
      },
    })
    .action({
      id: 'send',
      name: 'Send',
      description: 'Sends a word.',
      inputs: z.object({ word: z.string() }),
      output: z.object({}),
      idempotency: 'idempotent',
      cost,
      timeoutMs: 1_000,
      row: async (ctx, { inputs: { word } }) => {
        if (word === 'never') return await new Promise(() => {})
        await ctx.fetch('/send', { method: 'POST', body: '{}', idempotent: true })
        return done({})
      },
    })
}
