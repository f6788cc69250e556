import { sharedSecret } from '@opslayer/core/plugin'
import * as z from 'zod'
import { part } from '../credentials.ts'

const body = z.union([z.array(z.record(z.string(), z.json())).max(10_000), z.record(z.string(), z.json())])

const inHeader = sharedSecret<unknown>({ header: 'x-opslayer-secret' })
const inAddress = sharedSecret<unknown>({ query: 'secret' })

/** Takes rows: a JSON object, or a list of them, with the secret in the header `x-opslayer-secret` or as `?secret=`. */
export const rows = part.webhook({
  id: 'rows',
  name: 'Receive rows',
  description: 'Takes JSON objects that become rows of the source “received rows”.',
  verify: (request, proof) =>
    request.headers.has('x-opslayer-secret') ? inHeader(request, proof) : inAddress(request, proof),
  parse: (request) => {
    const given = body.parse(JSON.parse(new TextDecoder().decode(request.body)))
    return [{ kind: 'records', source: 'received', records: Array.isArray(given) ? given : [given] }]
  },
})
