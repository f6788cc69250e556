import { apiKey, type PluginContext, PluginError, type PluginRequestInit, partsFor } from '@opslayer/core/plugin'
import * as z from 'zod'
import { balanceAnswer, errorAnswer } from './schemas.ts'

/** Where the API lies; plugins for tests are given a simulator's. */
export const reoonUrl = 'https://emailverifier.reoon.com/api/v1'

export const credentials = apiKey({
  fields: z.object({
    key: z.string().min(1).meta({ title: 'API key', description: 'In Reoon: Settings, API.' }),
  }),
})

/** Parts that know what credentials they get. */
export const part = partsFor(credentials)

export type Reoon = PluginContext<{ readonly key: string }>

/** A power verification may ask a slow mail server for more than a minute. */
export const powerTimeoutMs = 120_000

/** The key goes into the query of every GET; a bare `+` of an address would become a space, so all of it is encoded. */
export async function get<Schema extends z.ZodType>(
  ctx: Reoon,
  path: string,
  query: Readonly<Record<string, string>>,
  schema: Schema,
  init: PluginRequestInit = {},
): Promise<z.output<Schema>> {
  const search = new URLSearchParams({ ...query, key: ctx.credentials.key })
  return await answerOf(await ctx.fetch(`${path}?${search}`, init), schema)
}

/** The key goes into the body of a POST; in the query it is not found there. */
export async function post<Schema extends z.ZodType>(
  ctx: Reoon,
  path: string,
  body: Readonly<Record<string, unknown>>,
  schema: Schema,
): Promise<z.output<Schema>> {
  const response = await ctx.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...body, key: ctx.credentials.key }),
    timeoutMs: 120_000,
  })
  return await answerOf(response, schema)
}

/** Daily credits come back each day, instant ones are bought. */
export async function readBalance(ctx: Reoon): Promise<z.output<typeof balanceAnswer>> {
  return await get(ctx, '/check-account-balance/', {}, balanceAnswer)
}

/**
 * An answer that is what was asked for. Everything else is "could not ask" and never a verdict: refusals, the envelope
 * of errors that comes with status 200 as well, HTML, another shape.
 *
 * @throws PluginError
 */
async function answerOf<Schema extends z.ZodType>(response: Response, schema: Schema): Promise<z.output<Schema>> {
  const { status } = response
  const json = jsonOf(await response.text())
  const error = errorAnswer.safeParse(json)
  if (!response.ok || error.success) throw refusal(status, error.data?.reason ?? '')
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  throw new PluginError('VENDOR_ANSWER_INVALID', 'Reoon answered with something else than was asked for.', { status })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The vendor documents no statuses for its errors, so that the words of the reason count as well. */
function refusal(status: number, reason: string): PluginError {
  const said = reason === '' ? `status ${status}` : `“${reason.slice(0, 200)}”`
  if (status === 402 || /credit|balance|quota/i.test(reason)) {
    return new PluginError('QUOTA_EXHAUSTED', `Reoon has no credits left (${said}). Buy some or wait for tomorrow's.`, {
      status,
    })
  }
  if (status === 401 || status === 403 || /\b(api )?key\b|unauthori[sz]ed|api access/i.test(reason)) {
    return new PluginError('CREDENTIALS_REFUSED', `Reoon refused the key (${said}). Connect it with another one.`, {
      status,
    })
  }
  if (status >= 500) {
    return new PluginError('VENDOR_UNAVAILABLE', `Reoon could not answer (${said}). Try again later.`, { status })
  }
  return new PluginError('VENDOR_REFUSED', `Reoon refused the call (${said}).`, { status })
}
