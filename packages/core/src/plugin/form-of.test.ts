import { expect, it } from 'vitest'
import * as z from 'zod'
import { formOf } from './form-of.ts'

it('makes a form of a schema, with labels, bounds, defaults and choices', () => {
  const settings = z.object({
    mode: z
      .enum(['quick', 'power'])
      .default('power')
      .meta({ title: 'Mode', labels: { quick: 'Quick look' } }),
    maxResults: z.int().min(1).max(100).optional(),
    prompt: z.string().min(1).meta({ description: 'What to ask.', placeholder: 'Find …', multiline: true }),
    website: z.url().optional(),
    tags: z
      .array(z.enum(['a', 'b']))
      .max(2)
      .optional(),
    words: z.array(z.string()).optional(),
    verbose: z.boolean().default(false),
    where: z.object({ country: z.string() }).optional(),
    anything: z.union([z.string(), z.number()]).optional(),
    campaign: z.string().meta({ title: 'Campaign' }),
  })
  expect(formOf(settings, { dynamic: ['campaign'] })).toEqual({
    fields: [
      {
        key: 'mode',
        label: 'Mode',
        required: false,
        default: 'power',
        kind: 'choice',
        choices: [
          { value: 'quick', label: 'Quick look' },
          { value: 'power', label: 'Power' },
        ],
      },
      {
        key: 'maxResults',
        label: 'Max results',
        required: false,
        columnTypes: ['number', 'currency', 'percent', 'rating'],
        kind: 'number',
        integer: true,
        minimum: 1,
        maximum: 100,
      },
      {
        key: 'prompt',
        label: 'Prompt',
        help: 'What to ask.',
        placeholder: 'Find …',
        required: true,
        kind: 'text',
        format: 'multiline',
        minLength: 1,
      },
      {
        key: 'website',
        label: 'Website',
        required: false,
        columnTypes: ['url', 'linkedin', 'company'],
        kind: 'text',
        format: 'url',
      },
      {
        key: 'tags',
        label: 'Tags',
        required: false,
        kind: 'list',
        choices: [
          { value: 'a', label: 'A' },
          { value: 'b', label: 'B' },
        ],
        maxItems: 2,
      },
      { key: 'words', label: 'Words', required: false, kind: 'list' },
      {
        key: 'verbose',
        label: 'Verbose',
        required: false,
        default: false,
        columnTypes: ['checkbox'],
        kind: 'checkbox',
      },
      {
        key: 'where',
        label: 'Where',
        required: false,
        kind: 'group',
        fields: [{ key: 'country', label: 'Country', required: true, kind: 'text' }],
      },
      { key: 'anything', label: 'Anything', required: false, kind: 'json' },
      { key: 'campaign', label: 'Campaign', required: true, dynamic: true, kind: 'text' },
    ],
  })
})

it('takes credentials for secret unless their schema says otherwise', () => {
  const fields = z.object({ key: z.string(), instance: z.url().meta({ secret: false }) })
  expect(formOf(fields, { secret: true }).fields.map(({ key, secret }) => [key, secret])).toEqual([
    ['key', true],
    ['instance', undefined],
  ])
})

it('suggests the columns that suit an input', () => {
  const inputs = z.object({
    email: z.email(),
    person: z.string().meta({ columnTypes: ['person', 'text', 'nonsense'] }),
  })
  expect(formOf(inputs).fields.map(({ key, columnTypes }) => [key, columnTypes])).toEqual([
    ['email', ['email']],
    ['person', ['person', 'text']],
  ])
})

it('stays bounded for a recursive or a huge schema', () => {
  const node = z.object({
    name: z.string(),
    get child() {
      return node.optional()
    },
  })
  expect(formOf(node).fields.map(({ kind }) => kind)).toEqual(['text', 'json'])
  const wide = z.object(Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`f${index}`, z.string()])))
  expect(() => formOf(wide)).toThrow('it has 101 fields; a form holds 100')
})

it('asks for what may be null as for what it may be else, and says that it may be left empty', () => {
  const settings = z.object({ decimals: z.int().min(0).max(10).nullable().default(null).meta({ title: 'Decimals' }) })
  expect(formOf(settings).fields).toEqual([
    {
      key: 'decimals',
      label: 'Decimals',
      required: false,
      default: null,
      nullable: true,
      kind: 'number',
      columnTypes: ['number', 'currency', 'percent', 'rating'],
      integer: true,
      minimum: 0,
      maximum: 10,
    },
  ])
})
