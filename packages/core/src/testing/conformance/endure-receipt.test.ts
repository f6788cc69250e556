import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { apiKey } from '../../plugin/credential-method.ts'
import { definePlugin } from '../../plugin/define-plugin.ts'
import type { AnyPlugin } from '../../plugin/plugin.ts'
import { sharedSecret } from '../../plugin/verify-webhook.ts'
import type { WebhookRequest } from '../../plugin/webhook-part.ts'
import { defineSimulator } from '../simulator/define-simulator.ts'
import { startSimulator } from '../simulator/start-simulator.ts'
import type { PluginTrial, WebhookTrial } from './plugin-trial.ts'
import { pluginChecks } from './test-plugin.ts'

const vendor = defineSimulator({ id: 'teller', state: () => ({}), routes: { 'GET /people': () => ({ json: {} }) } })

const bodySchema = z.object({ id: z.number() })
const textOf = ({ body }: WebhookRequest): string => new TextDecoder().decode(body)

/** What an author may do well or badly; `memory` is a variable of one process. */
const good = {
  deliveryKey: (request: WebhookRequest): string => textOf(request),
  key: (id: number): string => String(id),
  eventKey: (id: number): { key?: string } => ({ key: `told ${id}` }),
  heard: (_memory: Map<string, string>, request: WebhookRequest): string => textOf(request),
}

function pluginWith(changes: Partial<typeof good>): (url: string) => AnyPlugin {
  const author = { ...good, ...changes }
  return (baseUrl) => {
    const memory = new Map<string, string>()
    const proof = sharedSecret({ header: 'x-secret' })
    return definePlugin({
      id: 'teller',
      version: '1.0.0',
      name: 'Teller',
      baseUrl,
      credentials: apiKey({ fields: z.object({ key: z.string() }), headers: () => ({}) }),
      test: async () => ({}),
    })
      .source({
        id: 'people',
        name: 'People',
        description: 'All people.',
        record: z.looseObject({ id: z.number() }),
        key: ({ id }) => author.key(id),
        columns: { id: { name: 'Id', type: 'number', from: ({ id }) => id } },
        readPage: async () => ({ records: [], nextCursor: undefined }),
      })
      .webhook({
        id: 'told',
        name: 'Told',
        description: 'Tells of people.',
        verify: (request, given) => {
          memory.set(textOf(request), textOf(request))
          return proof(request, given)
        },
        deliveryKey: author.deliveryKey,
        parse: (request) => {
          const { id } = bodySchema.parse(JSON.parse(author.heard(memory, request)))
          return [
            { kind: 'records', source: 'people', records: [{ id }] },
            { kind: 'event', type: 'told', data: { id }, ...author.eventKey(id) },
          ]
        },
      })
  }
}

function told(id: number): WebhookTrial['message'] {
  return (to, secret) => ({ to, body: { id }, headers: { 'x-secret': secret } })
}

async function outcomeOf(changes: Partial<typeof good>): Promise<string> {
  const trial: PluginTrial<Record<string, never>> = {
    plugin: pluginWith(changes),
    start: () => startSimulator(vendor),
    credentials: () => ({ key: 'teller-key-1' }),
    sources: { people: [{ records: 0 }] },
    webhooks: { told: { message: told(9), others: [told(10)], timed: false } },
  }
  const check = (await pluginChecks(trial)).find(({ name }) =>
    name.startsWith('webhook told: nothing is lost or doubled though the process that receives it ends'),
  )
  return (await check?.run().then(() => 'held', String)) ?? 'There is no such check'
}

describe('webhooks whose process ends while it receives them', { timeout: 120_000 }, () => {
  it('hold of a good one', async () => {
    expect(await outcomeOf({})).toBe('held')
  })

  it('hold of one whose events have no keys', async () => {
    expect(await outcomeOf({ eventKey: () => ({}) })).toBe('held')
  })

  it.each<[fault: string, changes: Partial<typeof good>, said: RegExp]>([
    [
      'knows no delivery again that it has stored and not answered',
      { deliveryKey: () => randomUUID(), eventKey: () => ({}) },
      /ended at commit \d+ \(commit\), once it was done and before anybody heard of it\. There are 3 deliveries; in calm there are 2\./,
    ],
    [
      'gives a record another key when it is dealt with again',
      { key: () => randomUUID() },
      /ended at commit \d+ \(commit\), .*There are 3 rows; in calm there are 2\./,
    ],
    [
      'deals with what it remembers of the request',
      { heard: (memory, request) => memory.get(textOf(request)) ?? 'forgotten' },
      /ended at commit \d+ \(commit\), .*One is failed: Plugin "teller", webhook "told" failed/,
    ],
  ])('tell of one that %s', async (_, changes, said) => {
    expect(await outcomeOf(changes)).toMatch(said)
  })
})
