import { definePlugin } from '@opslayer/core/plugin'
import * as z from 'zod'
import { call, credentials } from './api.ts'
import { company } from './company.ts'
import { invite } from './invite.ts'
import { people } from './people.ts'
import { replies } from './replies.ts'

/** A factory, so that hosts can configure it and tests can point it at a simulator. */
export function signpost({ baseUrl = 'https://api.signpost.example/v1' }: { readonly baseUrl?: string } = {}) {
  return definePlugin({
    id: 'signpost',
    version: '1.0.0',
    name: 'Signpost',
    description: 'Finds the companies behind addresses.',
    credentials,
    baseUrl,
    // Limits are data; all processes of the host share them.
    rateLimits: [{ max: 50, perMs: 1_000 }, { maxInFlight: 10 }],
    test: async (ctx) => {
      const me = await call(ctx, '/me', z.looseObject({ id: z.string(), name: z.string() }))
      return me === undefined ? {} : { account: { id: me.id, name: me.name } }
    },
  })
    .columnType(company)
    .source(people)
    .action(invite)
    .webhook(replies)
}
