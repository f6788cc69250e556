/** From here on Node runs TypeScript as it is: major and minor version. */
export const typescriptNode = [22, 18] as const

/** Files of a new plugin by their names: a vendor with a column, a source, and a simulator that speaks its protocol. */
export function pluginFiles(id: string): Readonly<Record<string, string>> {
  const words = id.split('_')
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ')
  const factory = words
    .map((word, place) => (place === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
  const folder = words.join('-')
  return {
    'package.json': `${JSON.stringify(
      {
        name: `opslayer-plugin-${folder}`,
        version: '0.1.0',
        type: 'module',
        exports: './plugin.ts',
        // Named, so that a Node which does not know TypeScript says so: it would find no tests, and be content.
        scripts: { test: 'node --test plugin.test.ts' },
        engines: { node: `>=${typescriptNode.join('.')}` },
        peerDependencies: { '@opslayer/core': '*', zod: '^4' },
      },
      null,
      2,
    )}\n`,
    'README.md': `# ${name} for opslayer

\`npm test\` runs the conformance checks against the simulator, offline; it wants Node ${typescriptNode.join('.')} or later, which runs TypeScript as it is.
The guide is "Write a plugin" in opslayer's docs.
`,
    'plugin.ts': `import { apiKey, definePlugin, done, PluginError, type PluginContext } from '@opslayer/core/plugin'
import * as z from 'zod'

const credentials = apiKey({
  fields: z.object({ key: z.string().min(8).meta({ title: 'API key' }) }),
  headers: ({ key }) => ({ authorization: \`Bearer \${key}\` }),
})

/** Calls ${name} and says what its refusals mean. Retries, limits and logs are done by \`ctx.fetch\`. */
async function call<Answer>(ctx: PluginContext, path: string, schema: z.ZodType<Answer>): Promise<Answer | undefined> {
  const response = await ctx.fetch(path)
  const { status } = response
  if (status === 404) return undefined
  if (status === 401) throw new PluginError('CREDENTIALS_REFUSED', '${name} does not know the key.', { status })
  if (!response.ok) throw new PluginError('VENDOR_REFUSED', \`${name} refuses the call (\${status}).\`, { status })
  const answer = schema.safeParse(await response.json().catch(() => undefined))
  if (answer.success) return answer.data
  throw new PluginError('VENDOR_ANSWER_INVALID', '${name} answered with something else than documented.')
}

const companySchema = z.looseObject({ name: z.string() })
const pageSchema = z.looseObject({ people: z.array(z.unknown()), next: z.string().optional() })

export function ${factory}({ baseUrl = 'https://api.example.com/v1' }: { baseUrl?: string } = {}) {
  return definePlugin({
    id: '${id}',
    version: '0.1.0',
    name: '${name}',
    credentials,
    baseUrl,
    rateLimits: [{ max: 20, perMs: 1_000 }],
    test: async (ctx) => {
      await call(ctx, '/me', z.looseObject({}))
      return {}
    },
  })
    .columnType({
      id: 'company',
      name: 'Find company',
      description: 'The company behind an e-mail address.',
      inputs: z.object({ email: z.email() }),
      value: 'text',
      cost: { unit: 'credit', perItem: 1 },
      cell: async (ctx, { inputs }) => {
        const domain = inputs.email.slice(inputs.email.indexOf('@') + 1)
        const found = await call(ctx, \`/companies?\${new URLSearchParams({ domain })}\`, companySchema)
        return done(found?.name ?? null)
      },
    })
    .source({
      id: 'people',
      name: 'People',
      description: 'Everybody that ${name} knows.',
      record: z.looseObject({ id: z.string(), email: z.string() }),
      key: (person) => person.id,
      columns: { email: { name: 'Email', type: 'email', from: (person) => person.email } },
      readPage: async (ctx, { cursor }) => {
        const query = new URLSearchParams(cursor === undefined ? {} : { after: cursor })
        const page = await call(ctx, \`/people?\${query}\`, pageSchema)
        return { records: page?.people ?? [], nextCursor: page?.next }
      },
    })
}
`,
    'simulator.ts': `import { defineSimulator, pageByCursor } from '@opslayer/core/testing'

/** ${name} on a local port: the same paths, limits and refusals. Make it as strict as the vendor. */
export const ${factory}Simulator = defineSimulator({
  id: '${id}',
  base: '/v1',
  state: () => ({
    people: Array.from({ length: 25 }, (_, n) => ({ id: \`p\${n}\`, email: \`person\${n}@example.com\` })),
  }),
  authorize: ({ request }) =>
    request.headers.get('authorization') === 'Bearer simulated-key' ? undefined : { status: 401 },
  limits: { second: { max: 20, perMs: 1_000 } },
  routes: {
    'GET /me': () => ({ json: {} }),
    'GET /companies': ({ request, bill }) => {
      const domain = request.query.get('domain') ?? ''
      bill.charge(1, domain)
      return { json: { name: domain.split('.')[0] } }
    },
    'GET /people': ({ request, state }) => {
      const { items, next } = pageByCursor(state.people, { after: request.query.get('after'), limit: 10 })
      return { json: { people: items, ...(next === undefined ? {} : { next }) } }
    },
  },
})
`,
    'plugin.test.ts': `import { test } from 'node:test'
import { pluginChecks, startSimulator } from '@opslayer/core/testing'
import { ${factory} } from './plugin.ts'
import { ${factory}Simulator } from './simulator.ts'

const checks = await pluginChecks({
  plugin: (baseUrl) => ${factory}({ baseUrl }),
  start: () => startSimulator(${factory}Simulator),
  credentials: () => ({ key: 'simulated-key' }),
  refusedCredentials: () => ({ key: 'another-key' }),
  columns: { company: [{ cells: [{ email: 'ada@bluepeak.test' }, { email: 'eve@kestrel.test' }] }] },
  sources: { people: [{ records: 25 }] },
})

for (const { name, run } of checks) test(name, run)
`,
  }
}
