import { apiKey, type PluginContext, PluginError, type PluginRequestInit, partsFor } from '@opslayer/core/plugin'
import * as z from 'zod'

/** How people connect: the form is made of the schema, and each call below the base URL carries the header. */
export const credentials = apiKey({
  fields: z.object({ token: z.string().min(8).meta({ title: 'API token', placeholder: 'Settings → API' }) }),
  headers: ({ token }) => ({ authorization: `Bearer ${token}` }),
})

/** Makes parts in files of their own, with these credentials. */
export const part = partsFor(credentials)

/** Calls Signpost, and says what its refusals mean. Everything else about HTTP is done by `ctx.fetch`. */
export async function call<Answer>(
  ctx: PluginContext,
  path: string,
  schema: z.ZodType<Answer>,
  init: PluginRequestInit = {},
): Promise<Answer | undefined> {
  const response = await ctx.fetch(path, init)
  const { status } = response
  if (status === 404) return undefined
  if (status === 401) throw new PluginError('CREDENTIALS_REFUSED', 'Signpost does not know the API token.', { status })
  if (status === 402) throw new PluginError('QUOTA_EXHAUSTED', 'Signpost has no credits left.', { status })
  if (!response.ok) throw new PluginError('VENDOR_REFUSED', `Signpost refuses the call (${status}).`, { status })
  const answer = schema.safeParse(await response.json().catch(() => undefined))
  if (answer.success) return answer.data
  throw new PluginError('VENDOR_ANSWER_INVALID', 'Signpost answered with something else than documented.')
}
