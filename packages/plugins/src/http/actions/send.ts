import { done } from '@opslayer/core/plugin'
import * as z from 'zod'
import { part } from '../credentials.ts'
import { callFor, requestSettings, rowInputs } from '../request.ts'

const json = z.json()

/** Sends a row somewhere. */
export const send = part.action({
  id: 'send',
  name: 'HTTP: send',
  description: 'Sends each row to an address.',
  settings: z.object({
    method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']).default('POST').meta({ title: 'Method' }),
    ...requestSettings,
  }),
  inputs: rowInputs,
  output: z.object({ status: z.number(), answer: json }),
  // Nobody knows what the other side does with a call that comes twice.
  idempotency: 'at-most-once',
  timeoutMs: 400_000,
  row: async (ctx, { settings, inputs }) => {
    const answer = await callFor(ctx, settings, inputs)
    return 'code' in answer ? answer : done({ status: answer.status, answer: answer.body as z.output<typeof json> })
  },
})
