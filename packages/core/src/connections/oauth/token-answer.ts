import * as z from 'zod'
import { PluginError } from '../../plugin/plugin-error.ts'
import { say } from '../../sentences/say.ts'

/** What a token endpoint answers: what is read is named, the rest is kept. */
const tokenSchema = z.looseObject({
  access_token: z.string().min(1).max(100_000),
  refresh_token: z.string().min(1).max(100_000).optional(),
  expires_in: z.coerce.number().positive().max(315_360_000).optional(),
})

export type TokenAnswer = z.infer<typeof tokenSchema>

const refusalSchema = z.object({ error: z.string().optional(), status: z.string().optional() })

/**
 * Reads the answer of a token endpoint. Some vendors refuse with status 200.
 *
 * @throws PluginError `CREDENTIALS_REFUSED` for a refusal, with the vendor's word for it; `VENDOR_UNAVAILABLE`,
 * `VENDOR_ANSWER_INVALID`
 */
export async function readTokenAnswer(name: string, response: Response): Promise<TokenAnswer> {
  const { status } = response
  const body = await jsonOf(response)
  const token = tokenSchema.safeParse(body)
  if (response.ok && token.success) return token.data
  const { error, status: word } = refusalSchema.safeParse(body).data ?? {}
  if (isPassing(status) || (isProxys(status) && error === undefined))
    throw new PluginError(
      'VENDOR_UNAVAILABLE',
      say('{plugin} gives no token now (status {#status}). Try again.', { plugin: name, status }),
      { status },
    )
  const said = [error, word].find((text) => text !== undefined && /^[A-Za-z0-9_ -]{1,60}$/.test(text))
  if (status >= 400 || error !== undefined) {
    const why = said === undefined ? `status ${status}` : `"${said}"`
    throw new PluginError(
      'CREDENTIALS_REFUSED',
      say('{plugin} gives no token: {why}. Connect again.', { plugin: name, why }),
      { status },
    )
  }
  throw new PluginError(
    'VENDOR_ANSWER_INVALID',
    say('{plugin} answered a request for a token with something else.', { plugin: name }),
    {
      status,
    },
  )
}

/** What says nothing of the credentials. */
function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500
}

/** What a proxy in front of the vendor, or of the host, answers in the place of the endpoint. */
function isProxys(status: number): boolean {
  return status === 404 || status === 407
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return undefined
  }
}
