import * as z from 'zod'
import { apiKey, definePlugin, done, failed, oauth2, skipped } from './index.ts'

export const reoon = definePlugin({
  id: 'reoon',
  version: '1.0.0',
  name: 'Reoon',
  credentials: apiKey({ fields: z.object({ key: z.string().min(1) }), headers: ({ key }) => ({ x: key }) }),
  baseUrl: 'https://example.com',
  rateLimits: [{ maxInFlight: 5 }],
  test: async (ctx) => {
    ctx.credentials.key satisfies string
    return {}
  },
})
  .columnType({
    id: 'verification',
    name: 'Verify',
    description: 'x.',
    settings: z.object({ mode: z.enum(['quick', 'power']).default('power') }),
    inputs: z.object({ email: z.email(), name: z.string().optional() }),
    value: { type: 'dropdown', settings: { options: [] } },
    cost: { unit: 'credit', perItem: (settings) => (settings.mode === 'quick' ? 1 : 2) },
    cache: { ttlMs: 1000, key: (inputs) => inputs.email },
    cell: async (ctx, { inputs, settings }) => {
      ctx.credentials.key satisfies string
      settings.mode satisfies 'quick' | 'power'
      if (inputs.name === undefined) return skipped('no name')
      return done('safe', { raw: { a: 1 } })
    },
    task: {
      maxCells: 5,
      submit: async (_ctx, { cells }) => ({ state: cells.map((c) => c.inputs.email) }),
      poll: async () => ({ status: 'finished' }),
      collect: async (_ctx, { cells }) => ({ outcomes: cells.map((c) => [c.key, done('safe')]) }),
    },
  })
  .columnType({
    id: 'score',
    name: 'Score',
    description: 'x.',
    inputs: z.object({ email: z.email() }),
    value: 'number',
    cell: async (_ctx, { settings }) => {
      settings satisfies object
      return failed('X', 'x')
    },
  })
  .source({
    id: 'lists',
    name: 'x',
    description: 'x',
    record: z.looseObject({ id: z.string(), n: z.number() }),
    key: (record) => record.id,
    columns: { n: { name: 'N', type: 'number', from: (record) => record.n } },
    readPage: async (ctx, { cursor }) => ({ records: [cursor, ctx.credentials.key] }),
  })
  .action({
    id: 'push',
    name: 'x',
    description: 'x',
    settings: z.object({ campaign: z.string() }),
    inputs: z.object({ email: z.email() }),
    output: z.object({ id: z.string() }),
    idempotency: 'keyed',
    options: {
      campaign: async (ctx, { settings }) => [{ value: ctx.credentials.key, label: settings.campaign ?? '' }],
    },
    row: async (_ctx, { idempotencyKey }) => done({ id: idempotencyKey }),
  })

reoon.parts.columnTypes.verification.id satisfies 'verification'
reoon.parts.actions.push.idempotency

reoon.columnType({
  // @ts-expect-error
  id: 'score',
  name: 'Score',
  description: 'x.',
  inputs: z.object({ email: z.email() }),
  value: 'number',
  cell: async () => failed('X', 'x'),
})

reoon.columnType({
  id: 'scorex',
  name: 'Score',
  description: 'x.',
  inputs: z.object({ email: z.email() }),
  value: 'number',
  // @ts-expect-error
  cell: async () => done('a'),
})

export const two = definePlugin({
  id: 'two',
  version: '1.0.0',
  name: 'x',
  credentials: [
    apiKey({ fields: z.object({ token: z.string() }) }),
    oauth2({ authorizeUrl: '', tokenUrl: '', clientId: '', scopes: [], tokenFields: z.object({ hub_id: z.number() }) }),
  ],
  test: async (ctx) => {
    const { credentials } = ctx
    if ('token' in credentials) credentials.token satisfies string
    else credentials.hub_id satisfies number
    return {}
  },
})
