import { createHmac } from 'node:crypto'
import { apiKey, definePlugin, done, failed, hmacSignature, PluginError, partsFor } from '@opslayer/core/plugin'
import { defineSimulator, pageByCursor } from '@opslayer/core/testing'
import * as z from 'zod'

export interface LedgerPerson {
  readonly id: string
  readonly email: string
  readonly stage?: string
  readonly changed: string
}

/** People of a vendor by number: `p0`, `p1` … */
export function ledgerPeople(count: number, more: Partial<LedgerPerson> = {}): LedgerPerson[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `p${n}`,
    email: `person${n}@example.com`,
    stage: n % 2 === 0 ? 'Lead' : 'Customer',
    changed: '2026-11-01T09:00:00Z',
    ...more,
  }))
}

/** A vendor with people to read, an address to write to by three kinds of idempotency, and webhooks. */
export const ledgerSimulator = defineSimulator({
  id: 'ledger',
  state: (people: readonly unknown[]) => ({
    people: [...people],
    pageSize: 10,
    /** Messages sent, by key of the call or one each. */
    sent: new Map<string, string>(),
    balance: Number.POSITIVE_INFINITY,
  }),
  authorize: ({ request }) => (request.headers.get('x-key') === 'ledger-key-1' ? undefined : { status: 401 }),
  signWebhook: ({ body, secret }) => ({ 'x-sum': createHmac('sha256', secret).update(body).digest('hex') }),
  routes: {
    'GET /people': ({ request, state }) => {
      const since = request.query.get('since') ?? ''
      const found = state.people.filter((each) => (each as LedgerPerson).changed >= since || since === '')
      const { items, next } = pageByCursor(found, { after: request.query.get('after'), limit: state.pageSize })
      return { json: { people: items, ...(next === undefined ? {} : { next }) } }
    },
    'POST /messages': ({ request, state, bill }) => {
      const { to, text } = request.json() as { to: string; text: string }
      if (to.startsWith('nobody')) return { status: 422 }
      if (state.balance <= 0) return { status: 402, headers: { 'retry-after': '1' } }
      state.balance -= 1
      const key = request.headers.get('idempotency-key') ?? `${state.sent.size}`
      if (!state.sent.has(key)) bill.charge(1, to)
      state.sent.set(key, `${to} ${text}`)
      return { json: { id: `m-${key.slice(-6)}` } }
    },
    'POST /bulk': ({ request, state, bill }) => {
      const rows = request.json() as { key: string; to: string; text: string }[]
      const results = rows.map(({ key, to, text }) => {
        if (to.startsWith('nobody')) return { key, error: 'no mailbox' }
        if (!state.sent.has(key)) bill.charge(1, to)
        state.sent.set(key, `${to} ${text}`)
        return { key, id: `m-${key.slice(-6)}` }
      })
      return { json: { results } }
    },
  },
})

export const ledgerKey = { key: 'ledger-key-1' }

const credentials = apiKey({ fields: z.object({ key: z.string().min(8) }), headers: ({ key }) => ({ 'x-key': key }) })
const part = partsFor(credentials)
const record = z.looseObject({ id: z.string(), email: z.string(), changed: z.string() })

const refusals: Readonly<Record<number, (retryAfterMs: number) => PluginError>> = {
  401: () => new PluginError('CREDENTIALS_REFUSED', 'Ledger does not know the key.', { status: 401 }),
  402: (retryAfterMs) => new PluginError('QUOTA_EXHAUSTED', 'Ledger has no credits left.', { retryAfterMs }),
}

async function answered(response: Response): Promise<Record<string, unknown>> {
  const refusal = refusals[response.status]
  if (refusal !== undefined) throw refusal(Number(response.headers.get('retry-after') ?? 0) * 1_000)
  return (await response.json()) as Record<string, unknown>
}

const people = part.source({
  id: 'people',
  name: 'People',
  description: 'Everybody that Ledger knows.',
  settings: z.object({ list: z.string().default('all') }),
  record,
  key: ({ id }) => id,
  columns: {
    email: { name: 'Email', type: 'email', from: ({ email }) => email },
    stage: {
      name: 'Stage',
      type: 'dropdown',
      from: (each) => (typeof each.stage === 'string' ? each.stage : undefined),
    },
    changed: { name: 'Changed', type: 'datetime', from: ({ changed }) => changed },
  },
  incremental: true,
  readPage: async (ctx, { cursor, since }) => {
    const query = new URLSearchParams({
      ...(cursor === undefined ? {} : { after: cursor }),
      ...(since === undefined ? {} : { since: since.toISOString() }),
    })
    const page = await answered(await ctx.fetch(`/people?${query}`))
    return { records: page.people as unknown[], nextCursor: page.next as string | undefined }
  },
})

const message = { to: z.string(), text: z.string().optional() }

function send<const Id extends string>(id: Id, idempotency: 'keyed' | 'at-most-once') {
  return part.action({
    id,
    name: `Send ${idempotency}`,
    description: 'Sends a message to each row.',
    settings: z.object({ text: z.string().default('Hello') }),
    inputs: z.object(message),
    output: z.object({ id: z.string() }),
    idempotency,
    cost: { unit: 'credit', perItem: 1 },
    row: async (ctx, { inputs, settings, idempotencyKey }) => {
      const response = await ctx.fetch('/messages', {
        method: 'POST',
        headers: idempotency === 'keyed' ? { 'idempotency-key': idempotencyKey } : {},
        body: JSON.stringify({ to: inputs.to, text: inputs.text ?? settings.text }),
        idempotent: idempotency === 'keyed',
      })
      if (response.status === 422) return failed('NO_MAILBOX', 'There is no such mailbox.')
      return done({ id: String((await answered(response)).id) })
    },
  })
}

const bulk = part.action({
  id: 'bulk',
  name: 'Send to many',
  description: 'Sends a message to many rows at once.',
  inputs: z.object(message),
  output: z.object({ id: z.string() }),
  idempotency: 'idempotent',
  batch: {
    maxRows: 7,
    run: async (ctx, { rows }) => {
      const body = JSON.stringify(rows.map(({ key, inputs }) => ({ key, to: inputs.to, text: inputs.text ?? 'Hello' })))
      const { results } = await answered(await ctx.fetch('/bulk', { method: 'POST', body, idempotent: true }))
      return (results as { key: string; id?: string }[]).map(
        ({ key, id }) =>
          [key, id === undefined ? failed('NO_MAILBOX', 'There is no such mailbox.') : done({ id })] as const,
      )
    },
  },
})

const told = part.webhook({
  id: 'told',
  name: 'Told',
  description: 'People that have changed, and what they did.',
  verify: hmacSignature({ header: 'x-sum' }),
  parse: (request) => {
    const body = JSON.parse(new TextDecoder().decode(request.body)) as Record<string, unknown>
    if (Array.isArray(body.people)) return [{ kind: 'records', source: 'people', records: body.people }]
    if (typeof body.replied === 'string')
      return [{ kind: 'event', type: 'replied', key: body.replied, data: { by: body.replied } }]
    throw new Error('Ledger sent something that nobody knows.')
  },
})

export interface LedgerOptions {
  /** What the plugin is like in a later version. */
  readonly later?: boolean
}

export function ledger(baseUrl: string, { later = false }: LedgerOptions = {}) {
  const base = definePlugin({
    id: 'ledger',
    version: later ? '2.0.0' : '1.0.0',
    name: 'Ledger',
    credentials,
    baseUrl,
    test: async (ctx) => {
      await answered(await ctx.fetch('/people'))
      return {}
    },
  })
  const source = later
    ? {
        ...people,
        settings: z.object({ list: z.string().default('all'), region: z.string() }),
        columns: { ...people.columns, phone: { name: 'Phone', type: 'phone' as const, from: () => null } },
      }
    : people
  return base
    .source(source as typeof people)
    .action(send('send_keyed', 'keyed'))
    .action(send('send_once', 'at-most-once'))
    .action(bulk)
    .webhook(told)
}
