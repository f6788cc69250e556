import { done, failed } from '@opslayer/core/plugin'
import * as z from 'zod'
import { call, part } from './api.ts'

export const invite = part.action({
  id: 'invite',
  name: 'Invite',
  description: 'Puts people on a list of Signpost’s, which writes to them.',
  settings: z.object({ list: z.string() }),
  inputs: z.object({ email: z.email() }),
  output: z.object({ id: z.string() }),
  // Signpost recognises the key of a call that comes again.
  idempotency: 'keyed',
  row: async (ctx, { inputs, settings, idempotencyKey }) => {
    const path = `/lists/${encodeURIComponent(settings.list)}/people`
    const added = await call(ctx, path, z.looseObject({ id: z.string() }), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      body: JSON.stringify({ email: inputs.email }),
      idempotent: true,
      route: '/lists/:list/people',
    })
    return added === undefined ? failed('NO_LIST', 'The list is gone. Choose another one.') : done({ id: added.id })
  },
})
