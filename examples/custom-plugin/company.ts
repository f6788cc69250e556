import { done, skipped } from '@opslayer/core/plugin'
import * as z from 'zod'
import { call, part } from './api.ts'

const personal = new Set(['gmail.com', 'outlook.com'])

const companySchema = z.looseObject({ name: z.string(), confidence: z.number() })

export const company = part.columnType({
  id: 'company',
  name: 'Find company',
  description: 'The company behind an e-mail address.',
  settings: z.object({
    language: z
      .enum(['en', 'de'])
      .default('en')
      .meta({ labels: { en: 'English', de: 'German' } }),
  }),
  inputs: z.object({ email: z.email() }),
  value: 'text',
  cost: { unit: 'credit', perItem: 1 },
  cache: { ttlMs: 30 * 86_400_000 },
  cell: async (ctx, { inputs, settings }) => {
    const domain = inputs.email.slice(inputs.email.indexOf('@') + 1).toLowerCase()
    if (personal.has(domain)) return skipped('A personal address has no company.')
    const query = new URLSearchParams({ domain, language: settings.language })
    const found = await call(ctx, `/companies?${query}`, companySchema)
    if (found === undefined) return done(null)
    return done(found.name, { confidence: found.confidence, raw: z.json().parse(found) })
  },
})
