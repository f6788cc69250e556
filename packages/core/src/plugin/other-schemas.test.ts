import { toStandardJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { done } from './cell-outcome.ts'
import { apiKey } from './credential-method.ts'
import { definePlugin } from './define-plugin.ts'
import { formOf } from './form-of.ts'
import { validate } from './validate.ts'

/** Valibot speaks for the libraries that are not zod. */
const schema = toStandardJsonSchema

const plugin = definePlugin({
  id: 'acme',
  version: '1.0.0',
  name: 'Acme',
  baseUrl: 'https://acme.example',
  credentials: apiKey({
    fields: schema(v.object({ key: v.pipe(v.string(), v.minLength(8)) })),
    headers: ({ key }) => ({ 'x-key': key }),
  }),
  test: async () => ({}),
})
  .columnType({
    id: 'length',
    name: 'Length',
    description: 'Counts.',
    settings: schema(v.object({ mode: v.optional(v.picklist(['quick', 'power']), 'quick') })),
    inputs: schema(
      v.object({ email: v.pipe(v.string(), v.email()), most: v.optional(v.pipe(v.number(), v.integer())) }),
    ),
    value: 'number',
    // What is inferred has to be a text, one of two texts, and perhaps a number.
    cell: async (_, { inputs: { email, most = 9 }, settings }) =>
      done(settings.mode === 'power' ? email.length : Math.min(most, email.length)),
  })
  .source({
    id: 'people',
    name: 'People',
    description: 'All people.',
    record: schema(v.looseObject({ id: v.string() })),
    key: ({ id }) => id,
    columns: { id: { name: 'Id', type: 'text', from: ({ id }) => id } },
    readPage: async () => ({ records: [], nextCursor: undefined }),
  })

it('takes schemas of other libraries: what is inferred, checked and shown in forms is the same', async () => {
  const { settings, inputs, cell } = plugin.parts.columnTypes.length
  expect(settings && formOf(settings)).toMatchObject({ fields: [{ key: 'mode', kind: 'choice', default: 'quick' }] })
  expect(formOf(inputs)).toMatchObject({
    fields: [
      { key: 'email', required: true, format: 'email', columnTypes: ['email'] },
      { key: 'most', required: false, kind: 'number', integer: true },
    ],
  })
  expect(await validate(inputs, { email: 'nobody' })).toMatchObject({ ok: false, issues: [{ path: ['email'] }] })
  const checked = settings && (await validate(settings, {}))
  expect(checked).toEqual({ ok: true, value: { mode: 'quick' } })
  const outcome = await cell?.(undefined as never, {
    inputs: { email: 'ada@example.com' },
    settings: { mode: 'quick' },
  })
  expect(outcome).toMatchObject({ status: 'done', value: 9 })
})
