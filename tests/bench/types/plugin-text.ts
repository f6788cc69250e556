/** The source of a plugin with six parts, as an author writes it; no two are alike in their names and fields. */
export function pluginText(n: number): string {
  const parts = [column(n, 'first'), column(n, 'second'), source(n), action(n, 'push'), action(n, 'tag'), webhook(n)]
  return `import { apiKey, definePlugin, done, failed, hmacSignature, skipped } from '@opslayer/core/plugin'
import * as z from 'zod'
export const plugin${n} = definePlugin({
  id: 'vendor${n}', version: '1.0.0', name: 'Vendor ${n}',
  credentials: apiKey({ fields: z.object({ key${n}: z.string() }), headers: (own) => ({ authorization: own.key${n} }) }),
  test: async (ctx) => ({ account: { id: ctx.credentials.key${n} } }),
})
${parts.join('\n')}
`
}

/** The source of a host that has plugins 0 to \`count - 1\`. */
export function hostText(count: number): string {
  const numbers = Array.from({ length: count }, (_, n) => n)
  const imports = numbers.map((n) => `import { plugin${n} } from './plugin${n}.ts'`)
  return `import { createOps } from '@opslayer/core'
${imports.join('\n')}
export const ops = createOps({ database: 'postgres://', plugins: [${numbers.map((n) => `plugin${n}`).join(', ')}] })
export const ids = [${numbers.map((n) => `plugin${n}.parts.columnTypes.first${n}.id`).join(', ')}]
`
}

const named = `name: 'A part', description: 'Does something.'`

function column(n: number, name: string): string {
  return `  .columnType({
    id: '${name}${n}', ${named},
    settings: z.object({ mode${n}: z.enum(['quick', 'power']).default('power'), limit: z.int().optional() }),
    inputs: z.object({ email${n}: z.email(), name: z.string().optional() }),
    value: 'number',
    cost: { unit: 'credit', perItem: (settings) => (settings.mode${n} === 'quick' ? 1 : 2) },
    cell: async (ctx, { inputs, settings }) => {
      if (inputs.name === undefined) return skipped('No name.')
      return settings.mode${n} === 'quick' ? done(ctx.credentials.key${n}.length) : failed('X', inputs.email${n})
    },
  })`
}

function source(n: number): string {
  return `  .source({
    id: 'people${n}', ${named},
    settings: z.object({ list${n}: z.string() }),
    options: { list${n}: async (ctx, { settings }) => [{ value: ctx.credentials.key${n}, label: settings.list${n} ?? '' }] },
    record: z.looseObject({ id: z.string(), score${n}: z.number() }),
    key: (record) => record.id,
    columns: { score: { name: 'Score', type: 'number', from: (record) => record.score${n} } },
    readPage: async (_ctx, { settings, cursor }) => ({ records: [settings.list${n}], nextCursor: cursor }),
  })`
}

function action(n: number, name: string): string {
  return `  .action({
    id: '${name}${n}', ${named},
    settings: z.object({ campaign${n}: z.string() }),
    inputs: z.object({ email: z.email() }),
    output: z.object({ id${n}: z.string() }),
    idempotency: 'keyed',
    row: async (_ctx, { inputs, settings, idempotencyKey }) => done({ id${n}: inputs.email + settings.campaign${n} + idempotencyKey }),
  })`
}

function webhook(n: number): string {
  return `  .webhook({
    id: 'hook${n}', ${named},
    verify: hmacSignature({ header: 'x-signature', key: (proof) => proof.credentials?.key${n} ?? '' }),
    parse: () => [{ kind: 'event', type: 'replied', data: null }],
  })`
}
