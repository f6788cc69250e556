import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { isOpsError } from '../errors/ops-error.ts'
import { done, failed, skipped } from './cell-outcome.ts'
import { apiKey, oauth2 } from './credential-method.ts'
import { definePlugin } from './define-plugin.ts'
import { createPluginRegistry } from './plugin-registry.ts'

const test = async () => ({})
const facts = { id: 'acme', version: '1.0.0', name: 'Acme' } as const
const acme = definePlugin(facts)
const verification = {
  id: 'verification',
  name: 'Verify',
  description: 'Tells whether an address can be written to.',
  inputs: z.object({ email: z.email() }),
  value: 'text',
  cell: async () => done('safe'),
} as const
const contacts = {
  id: 'contacts',
  name: 'Contacts',
  description: 'People.',
  record: z.looseObject({ id: z.string() }),
  key: (record: { readonly id: string }) => record.id,
  columns: { id: { name: 'Id', type: 'text', from: (record: { readonly id: string }) => record.id } },
  readPage: async () => ({ records: [] }),
} as const
const push = {
  id: 'push',
  name: 'Push',
  description: 'Adds people.',
  inputs: z.object({ email: z.email() }),
  output: z.object({ id: z.string() }),
  idempotency: 'keyed',
  row: async () => done({ id: '1' }),
} as const
const hook = {
  id: 'hook',
  name: 'Hook',
  description: 'Tells of replies.',
  verify: () => ({ ok: true }) as const,
  parse: () => [],
} as const

const score = { name: 'ACME.SCORE', group: 'custom', summary: 'A score.' } as const

/** Untyped on purpose: what authors write in JavaScript, or past the types. */
const loose = acme as unknown as Record<
  'columnType' | 'source' | 'action' | 'webhook' | 'crm' | 'formulaFunction',
  (part: object) => unknown
>

it.each<[said: string, work: () => unknown]>([
  ['Plugin "Acme": "id" must be lower-case words joined by "_"', () => definePlugin({ ...facts, id: 'Acme' })],
  ['Plugin "__proto__": "id" must be', () => definePlugin({ ...facts, id: '__proto__' })],
  ['"version" must be a version such as "1.0.0"', () => definePlugin({ ...facts, version: 'v1' })],
  ['"name" must say something', () => definePlugin({ ...facts, name: ' ' })],
  ['"baseUrl" must be', () => definePlugin({ ...facts, baseUrl: 'ftp://acme.test' })],
  ['"rateLimits.0" must say either', () => definePlugin({ ...facts, rateLimits: [{ max: 5 } as never] })],
  ['"rateLimits.0.max" must be 1 or more', () => definePlugin({ ...facts, rateLimits: [{ max: 0, perMs: 5 }] })],
  [
    '"test" is missing',
    () => definePlugin({ ...facts, credentials: apiKey({ fields: z.object({ key: z.string() }) }) }),
  ],
  [
    'credentials: "fields" cannot be used: Date',
    () => definePlugin({ ...facts, test, credentials: apiKey({ fields: z.object({ at: z.date() }) }) }),
  ],
  [
    'credentials: "kind" must be made with apiKey',
    () => definePlugin({ ...facts, test, credentials: { key: 'x' } as never }),
  ],
  [
    '"authorizeUrl" must be an address',
    () =>
      definePlugin({
        ...facts,
        test,
        credentials: oauth2({ authorizeUrl: 'x', tokenUrl: 'https://a.test', clientId: 'a', scopes: [] }),
      }),
  ],
  [
    'have one label',
    () =>
      definePlugin({
        ...facts,
        test,
        credentials: [apiKey({ fields: z.object({}) }), apiKey({ fields: z.object({}) })],
      }),
  ],
  ['column "Bad Id": "id" must be', () => loose.columnType({ ...verification, id: 'Bad Id' })],
  [
    'column "verification": "description" must be a text',
    () => loose.columnType({ ...verification, description: undefined }),
  ],
  ['has no way to obtain a cell', () => loose.columnType({ ...verification, cell: undefined })],
  ['"cell" must be a function', () => loose.columnType({ ...verification, cell: 'x' })],
  [
    '"inputs" cannot be used: it must be a Standard Schema',
    () => loose.columnType({ ...verification, inputs: { email: 'email' } }),
  ],
  [
    '"inputs" cannot be used: it must describe an object',
    () => loose.columnType({ ...verification, inputs: z.string() }),
  ],
  [
    '"settings" cannot be used: BigInt',
    () => loose.columnType({ ...verification, settings: z.object({ n: z.bigint() }) }),
  ],
  [
    'the field "a b" must be named by letters',
    () => loose.columnType({ ...verification, settings: z.object({ 'a b': z.string() }) }),
  ],
  [
    '"options.modus" is for no field of its settings. There is "mode".',
    () =>
      loose.columnType({
        ...verification,
        settings: z.object({ mode: z.string() }),
        options: { modus: async () => [] },
      }),
  ],
  ['"value" must be a built-in column type', () => loose.columnType({ ...verification, value: 'verdict' })],
  [
    '"value.settings" do not fit the column type "dropdown"',
    () => loose.columnType({ ...verification, value: { type: 'dropdown', settings: { nope: 1 } } }),
  ],
  ['"timeoutMs" must be at most 600,000', () => loose.columnType({ ...verification, timeoutMs: 6_000_000 })],
  [
    '"cost.unit" must be one lower-case word',
    () => loose.columnType({ ...verification, cost: { unit: '€', perItem: 1 } }),
  ],
  ['"cache.ttlMs" must be', () => loose.columnType({ ...verification, cache: { ttlMs: 5 } })],
  [
    '"task.poll" must be a function',
    () => loose.columnType({ ...verification, task: { maxCells: 5, submit: test, collect: test } }),
  ],
  [
    'leaves fewer cells than its "task.minCells" without a way',
    () =>
      loose.columnType({
        ...verification,
        cell: undefined,
        task: { minCells: 10, maxCells: 50, submit: test, poll: test, collect: test },
      }),
  ],
  ['"columns" must have a column', () => loose.source({ ...contacts, columns: {} })],
  [
    '"columns.id.type" must be a built-in column type',
    () => loose.source({ ...contacts, columns: { id: { name: 'Id', type: 'id', from: () => 1 } } }),
  ],
  ['"readPage" must be a function', () => loose.source({ ...contacts, readPage: undefined })],
  ['"key" must be a function that gives the id', () => loose.source({ ...contacts, key: 'id' })],
  [
    '"idempotency" must be "idempotent", "keyed" or "at-most-once"',
    () => loose.action({ ...push, idempotency: undefined }),
  ],
  ['does nothing; give it "row" or "batch"', () => loose.action({ ...push, row: undefined })],
  ['"verify" must be a function that checks a request', () => loose.webhook({ ...hook, verify: undefined })],
  ['function "SCORE": its name must begin with', () => loose.formulaFunction({ name: 'SCORE' })],
  ['function "undefined": its name must begin', () => loose.formulaFunction({})],
  ['there is a function with this name', () => acme.formulaFunction(score).formulaFunction(score)],
  ['CRM adapter: "objects.0" ', () => loose.crm({ objects: ['lead'] })],
  ['column "undefined"', () => loose.columnType(undefined as never)],
  [
    'there is a column with this id already',
    () => (acme.columnType(verification) as unknown as typeof loose).columnType(verification),
  ],
  [
    'it is given twice, in version 1.0.0 and 2.0.0',
    () => createPluginRegistry([acme, definePlugin({ ...facts, version: '2.0.0' })]),
  ],
  ['plugins[0]: it is no plugin', () => createPluginRegistry([(() => acme) as never])],
])('says where it is defined: %s', (said, work) => {
  try {
    work()
  } catch (error) {
    expect(isOpsError(error, 'PLUGIN_INVALID')).toBe(true)
    expect((error as Error).message).toContain(said)
    expect((error as Error).message).toMatch(/^(Plugin "|plugins\[)/)
    return
  }
  expect.unreachable(said)
})

it('grows without changing: each part gives a new plugin', () => {
  const more = acme.columnType(verification).source(contacts).action(push).webhook(hook)
  expect(Object.keys(acme.parts.columnTypes)).toEqual([])
  expect(Object.keys(more.parts.columnTypes)).toEqual(['verification'])
  expect(more.parts.actions.push.idempotency).toBe('keyed')
  expect(Object.isFrozen(more)).toBe(true)
  expect(createPluginRegistry([more]).get('acme')).toBe(more)
})

it('does not show the secret of the host, however it is printed', () => {
  const clientSecret = 'host-secret-0123'
  const method = oauth2({
    authorizeUrl: 'https://a.test',
    tokenUrl: 'https://a.test',
    clientId: 'a',
    clientSecret,
    scopes: [],
  })
  const plugin = definePlugin({ ...facts, test, credentials: method })
  for (const text of [inspect(plugin, { depth: 9, showHidden: true }), JSON.stringify(plugin), `${plugin.methods[0]}`])
    expect(text).not.toContain(clientSecret)
  expect(`${method.clientSecret}`).toBe('[secret]')
  expect(method.clientSecret?.reveal()).toBe(clientSecret)
})

it('names the plugin that was meant', () => {
  expect(() => createPluginRegistry([acme]).get('acne')).toThrow('There is no plugin "acne". Did you mean "acme"?')
})

it('writes outcomes as plain data', () => {
  expect(done('safe', { confidence: 0.9 })).toEqual({ status: 'done', value: 'safe', confidence: 0.9 })
  expect(failed('429', 'Slow down.', { retryable: true })).toEqual({
    status: 'failed',
    code: '429',
    message: 'Slow down.',
    retryable: true,
  })
  expect(skipped('No address.')).toEqual({ status: 'skipped', reason: 'No address.' })
})
