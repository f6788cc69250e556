import { hmacSignature } from '@opslayer/core/plugin'
import * as z from 'zod'
import { part } from './api.ts'

const deliverySchema = z.looseObject({ id: z.string(), person: z.looseObject({ id: z.string(), email: z.string() }) })

export const replies = part.webhook({
  id: 'replies',
  name: 'Replies',
  description: 'Tells who has answered.',
  // Over the raw body, in constant time, five minutes around now.
  verify: hmacSignature({
    header: 'x-signpost-signature',
    timestamp: { header: 'x-signpost-time', unit: 's' },
    signed: (request, timestamp) => [`${timestamp}.`, request.body],
  }),
  deliveryKey: (request) => request.headers.get('x-signpost-delivery') ?? undefined,
  parse: (request) => {
    const { id, person } = deliverySchema.parse(JSON.parse(new TextDecoder().decode(request.body)))
    return [{ kind: 'event', type: 'replied', key: id, data: { email: person.email } }]
  },
})
