import { expectTypeOf, test } from 'vitest'
import * as z from 'zod'
import {
  type AnyPlugin,
  apiKey,
  definePlugin,
  done,
  failed,
  oauth2,
  type PluginContext,
  partsFor,
  skipped,
} from './index.ts'

const key = apiKey({
  fields: z.object({ key: z.string() }),
  headers: (credentials) => ({ authorization: credentials.key }),
})
const begun = definePlugin({ id: 'reoon', version: '1.0.0', name: 'Reoon', credentials: key, test: async () => ({}) })
const inputs = z.object({ email: z.email(), name: z.string().optional() })
const named = { name: 'Verify', description: 'Verifies.' } as const

test('a column is inferred whole: credentials, settings with defaults, inputs, value', () => {
  const plugin = begun.columnType({
    ...named,
    id: 'verification',
    settings: z.object({ mode: z.enum(['quick', 'power']).default('power') }),
    inputs,
    value: { type: 'dropdown', settings: { options: [] } },
    cost: { unit: 'credit', perItem: (settings) => (settings.mode === 'quick' ? 1 : 2) },
    cache: { ttlMs: 1_000, key: (asked) => asked.email },
    options: {
      mode: async (ctx, { settings }) => {
        expectTypeOf(ctx.credentials).toEqualTypeOf<{ key: string }>()
        expectTypeOf(settings.mode).toEqualTypeOf<'quick' | 'power' | undefined>()
        return []
      },
    },
    cell: async (ctx, question) => {
      expectTypeOf(ctx).toEqualTypeOf<PluginContext<{ key: string }>>()
      expectTypeOf(question.settings).toEqualTypeOf<{ mode: 'quick' | 'power' }>()
      expectTypeOf(question.inputs).toEqualTypeOf<{ email: string; name?: string | undefined }>()
      if (question.inputs.name === undefined) return skipped('No name.')
      return question.settings.mode === 'quick' ? failed('429', 'Slow down.') : done('safe')
    },
    batch: { maxCells: 10, run: async (_ctx, { cells }) => cells.map((cell) => [cell.key, done('safe')]) },
    task: {
      maxCells: 50_000,
      submit: async (_ctx, { cells }) => ({ state: cells.map((cell) => cell.inputs.email) }),
      poll: async () => ({ status: 'finished' }),
      collect: async (_ctx, { cells }) => ({ outcomes: new Map(cells.map((cell) => [cell.key, done('safe')])) }),
    },
  })
  expectTypeOf(plugin.parts.columnTypes.verification.id).toEqualTypeOf<'verification'>()
  expectTypeOf(plugin).toExtend<AnyPlugin>()
})

test('sources, actions and webhooks are inferred too, and all parts stay known', () => {
  const plugin = begun
    .source({
      ...named,
      id: 'leads',
      record: z.looseObject({ id: z.string(), score: z.number() }),
      key: (record) => record.id,
      columns: { score: { name: 'Score', type: 'number', from: (record) => record.score } },
      readPage: async (ctx, { cursor, settings }) => {
        expectTypeOf(ctx.credentials.key).toBeString()
        expectTypeOf(cursor).toEqualTypeOf<string | undefined>()
        expectTypeOf<keyof typeof settings>().toBeNever()
        return { records: [], nextCursor: undefined }
      },
    })
    .action({
      ...named,
      id: 'push',
      settings: z.object({ campaign: z.string() }),
      inputs,
      output: z.object({ id: z.string() }),
      idempotency: 'keyed',
      row: async (_ctx, { idempotencyKey, settings }) => done({ id: idempotencyKey + settings.campaign }),
    })
    .webhook({
      ...named,
      id: 'events',
      verify: (_request, { credentials }) => {
        expectTypeOf(credentials).toEqualTypeOf<{ key: string } | undefined>()
        return { ok: true }
      },
      parse: () => [{ kind: 'records', source: 'leads', records: [] }],
    })
  expectTypeOf<keyof typeof plugin.parts.sources>().toEqualTypeOf<'leads'>()
  expectTypeOf<keyof typeof plugin.parts.actions>().toEqualTypeOf<'push'>()
  expectTypeOf<keyof typeof plugin.parts.webhooks>().toEqualTypeOf<'events'>()
})

test('several ways to connect give the union of their credentials', () => {
  definePlugin({
    id: 'crm',
    version: '1.0.0',
    name: 'CRM',
    credentials: [
      apiKey({ fields: z.object({ token: z.string() }) }),
      oauth2({
        authorizeUrl: 'https://a.test',
        tokenUrl: 'https://a.test',
        clientId: 'a',
        scopes: [],
        tokenFields: z.object({ hub_id: z.number() }),
      }),
    ],
    baseUrl: (credentials) => ('token' in credentials ? credentials.token : credentials.accessToken),
    test: async ({ credentials }) => {
      if ('token' in credentials) return { account: { id: credentials.token } }
      return { account: { id: String(credentials.hub_id) } }
    },
  })
})

test('a plugin without credentials has none in its context', () => {
  definePlugin({ id: 'http', version: '1.0.0', name: 'HTTP' }).columnType({
    ...named,
    id: 'call',
    inputs,
    value: 'json',
    cell: async (ctx) => {
      expectTypeOf(ctx.credentials).toBeUndefined()
      return done({ a: [1] })
    },
  })
})

test('parts in files of their own are inferred where they stand', () => {
  const part = partsFor(key)
  const score = part.columnType({
    ...named,
    id: 'score',
    inputs,
    value: 'number',
    cell: async (ctx) => done(ctx.credentials.key.length),
  })
  expectTypeOf<keyof ReturnType<typeof withScore>['parts']['columnTypes']>().toEqualTypeOf<'score'>()
  function withScore() {
    return begun.columnType(score)
  }
})

test('what does not fit is refused at its place', () => {
  const cell = async () => done('safe')
  const one = begun.columnType({ ...named, id: 'verification', inputs, value: 'text', cell })
  // @ts-expect-error This plugin has a part "verification" already. Give this one another id.
  one.columnType({ ...named, id: 'verification', inputs, value: 'text', cell })
  // @ts-expect-error the cell gives a text, and the column holds numbers
  begun.columnType({ ...named, id: 'score', inputs, value: 'number', cell })
  // @ts-expect-error there is no such column type
  begun.columnType({ ...named, id: 'score', inputs, value: 'nmber', cell })
  // @ts-expect-error inputs are a schema
  begun.columnType({ ...named, id: 'score', inputs: { email: 'email' }, value: 'text', cell })
  begun.columnType({
    ...named,
    id: 'score',
    inputs,
    value: 'text',
    cell,
    settings: z.object({ a: z.string() }),
    // @ts-expect-error the settings have no such field
    options: { b: async () => [] },
  })
  // @ts-expect-error an action says what a repeated call does
  begun.action({ ...named, id: 'push', inputs, output: z.object({}), row: async () => done({}) })
  const other = partsFor(apiKey({ fields: z.object({ token: z.string() }) }))
  const foreign = other.columnType({
    ...named,
    id: 'score',
    inputs,
    value: 'text',
    cell: async (ctx) => done(ctx.credentials.token),
  })
  // @ts-expect-error the part was made for other credentials
  begun.columnType(foreign)
})
