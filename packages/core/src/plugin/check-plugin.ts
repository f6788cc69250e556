import * as z from 'zod'
import { checkSchema } from './check-part.ts'
import type { AnyCredentialMethod } from './credential-method.ts'
import { idShape, nameShape } from './part-shapes.ts'
import { checkShape, pluginFault } from './plugin-fault.ts'

const aFunction = z.custom<unknown>((value) => typeof value === 'function', { error: 'must be a function' })

const webAddress = z
  .string({ error: 'must be an address that begins with https://' })
  .refine(isWebAddress, { error: 'must be an address that begins with https://' })

const count = z.int('must be a whole number').min(1, 'must be 1 or more').max(10_000_000)

const rateLimit = z
  .looseObject({
    max: count.optional(),
    perMs: z
      .int()
      .min(1)
      .max(366 * 86_400_000)
      .optional(),
    burst: count.optional(),
    maxInFlight: count.optional(),
    sharedBy: z.enum(['connection', 'plugin']).optional(),
    paths: z.array(z.string().startsWith('/', 'must begin with "/"')).min(1).optional(),
    methods: z
      .array(z.string().regex(/^[A-Z]+$/, 'must be in capitals'))
      .min(1)
      .optional(),
  })
  .refine((limit) => (limit.maxInFlight === undefined) === (limit.max !== undefined && limit.perMs !== undefined), {
    error: 'must say either "max" and "perMs", or "maxInFlight"',
  })

const factsShape = z.looseObject({
  id: idShape,
  version: z
    .string({ error: 'must be a text' })
    .regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/, 'must be a version such as "1.0.0"'),
  name: nameShape,
  docsUrl: webAddress.optional(),
  baseUrl: z.union([webAddress, aFunction], { error: 'must be an address that begins with https://' }).optional(),
  rateLimits: z.array(rateLimit).max(50).optional(),
  test: aFunction.optional(),
})

const methodShape = z.discriminatedUnion(
  'kind',
  [
    z.looseObject({ kind: z.literal('api-key'), label: nameShape }),
    z.looseObject({
      kind: z.literal('oauth2'),
      label: nameShape,
      authorizeUrl: webAddress,
      tokenUrl: webAddress,
      revokeUrl: webAddress.optional(),
      clientId: z.string().min(1, 'must be the id of your app at the vendor'),
      scopes: z.array(z.string().regex(/^\S+$/, 'must be without spaces')),
    }),
  ],
  { error: 'must be made with apiKey(…) or oauth2(…)' },
)

/** @throws OpsError `PLUGIN_INVALID` */
export function checkPlugin(
  facts: { readonly id: string; readonly test?: unknown },
  methods: readonly AnyCredentialMethod[],
): void {
  const where = `Plugin "${String((facts as Partial<typeof facts> | undefined)?.id).slice(0, 60)}"`
  checkShape(where, factsShape, facts)
  for (const method of methods) {
    checkShape(`${where}, credentials`, methodShape, method)
    if (method.kind === 'api-key') checkSchema(`${where}, credentials`, 'fields', method.fields)
  }
  const labels = methods.map(({ label }) => label)
  if (new Set(labels).size < labels.length)
    throw pluginFault(where, 'two of its "credentials" have one label, and people could not tell them apart.')
  if (methods.length > 0 && facts.test === undefined)
    throw pluginFault(where, '"test" is missing: people must learn whether their credentials are right.')
}

/** Plain http is for simulators and servers on the same machine; the guard of `ctx.fetch` decides about those. */
function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === ''
}
