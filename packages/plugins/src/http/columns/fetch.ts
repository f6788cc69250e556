import { done, failed, type Json } from '@opslayer/core/plugin'
import * as z from 'zod'
import { part } from '../credentials.ts'
import { atPath, jsonPath } from '../json-path.ts'
import { answerPath, callFor, requestSettings, rowInputs } from '../request.ts'
import type { Values } from '../template.ts'

const settings = z.object({
  method: z.enum(['GET', 'POST']).default('GET').meta({ title: 'Method' }),
  ...requestSettings,
  path: answerPath,
})

type Context = Parameters<typeof callFor>[0]

/** Calls and gives what lies at the path: `null` where the answer has nothing there. */
async function ask(ctx: Context, wanted: z.output<typeof settings>, values: Values) {
  const answer = await callFor(ctx, wanted, values)
  if ('code' in answer) return answer
  const steps = jsonPath(wanted.path) ?? []
  // A page of some proxy says nothing of what was asked for.
  if (steps.length > 0 && !answer.isJson)
    return failed('NO_JSON', 'The service answered with something else than JSON.')
  return done(atPath(answer.body, steps) ?? null)
}

const common = {
  settings,
  inputs: rowInputs,
  timeoutMs: 400_000,
} as const

/** Calls an address for each row and keeps a text of the answer. */
export const fetchText = part.columnType({
  ...common,
  id: 'fetch_text',
  name: 'HTTP: text',
  description: 'Calls an address for each row, and keeps a text of the answer.',
  value: 'long_text',
  cell: async (ctx, { settings: wanted, inputs }) => {
    const outcome = await ask(ctx, wanted, inputs)
    if (outcome.status !== 'done') return outcome
    return done(outcome.value === null ? null : textOf(outcome.value))
  },
})

/** Calls an address for each row and keeps a number of the answer. */
export const fetchNumber = part.columnType({
  ...common,
  id: 'fetch_number',
  name: 'HTTP: number',
  description: 'Calls an address for each row, and keeps a number of the answer.',
  value: 'number',
  cell: async (ctx, { settings: wanted, inputs }) => {
    const outcome = await ask(ctx, wanted, inputs)
    if (outcome.status !== 'done' || outcome.value === null) return outcome.status === 'done' ? done(null) : outcome
    const number = numberOf(outcome.value)
    if (number !== undefined) return done(number)
    return failed('NO_NUMBER', 'What lies at the path is no number.', { raw: outcome.value })
  },
})

/** Calls an address for each row and keeps a part of the answer as JSON. */
export const fetchJson = part.columnType({
  ...common,
  id: 'fetch_json',
  name: 'HTTP: JSON',
  description: 'Calls an address for each row, and keeps a part of the answer, or all of it, as JSON.',
  value: 'json',
  cell: async (ctx, { settings: wanted, inputs }) => await ask(ctx, wanted, inputs),
})

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function numberOf(value: Json): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined
}
