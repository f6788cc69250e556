import { createHash, randomBytes } from 'node:crypto'
import * as z from 'zod'
import { actorText } from '../../catalog/actor.ts'
import { newId } from '../../catalog/new-id.ts'
import type { CallOptions } from '../../db/transaction.ts'
import { checkInput } from '../../errors/check-input.ts'
import { OpsError } from '../../errors/ops-error.ts'
import { saveSecret } from '../../secrets/secrets.repository.ts'
import { sealing } from '../../secrets/vault.ts'
import type { OrgSession } from '../../store/org-session.ts'
import type { ConnectionEnv } from '../connection-env.ts'
import { checkedConnectionId } from '../connection-id.ts'
import { findConnection } from '../connections.repository.ts'
import { methodOf } from '../credentials.ts'
import { nameSchema } from '../name-schema.ts'
import { digestOf, makeTokenSecret, printOrgToken } from '../org-token.ts'
import { dropOldFlows, flowHolder, insertFlow } from './oauth-flows.repository.ts'

/** How long a person may take at the consent screen. */
const flowMs = 600_000
const mostFlows = 200

export interface OAuthInput {
  readonly plugin: string
  /** Label of the plugin's method. @default its first that takes a consent */
  readonly method?: string | undefined
  /**
   * Where the vendor sends the browser afterwards: an address of the host's that it has registered at the vendor.
   *
   * @default `<publicUrl>/oauth/callback`, which the server's handler answers
   */
  readonly redirectUri?: string | undefined
  /** The host's session of the browser: only it can finish. */
  readonly session: string
  /** @default the account's name, or the plugin's */
  readonly name?: string | undefined
  /** The connection to give new credentials to. @default a new one is made */
  readonly connectionId?: string | undefined
}

export interface OAuthBeginning {
  /** Where to send the browser: the vendor's consent screen. */
  readonly url: string
  /** Good once, for ten minutes. */
  readonly state: string
}

export const sessionSchema = z.string().min(8, 'A session is named by at least 8 characters.').max(2_000)

const inputSchema = z.object({
  plugin: z.string().max(60),
  method: z.string().max(60).optional(),
  redirectUri: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .refine((uri) => uri.isWellFormed() && !/\p{Cc}/u.test(uri), 'An address has no control characters.')
    .optional(),
  session: sessionSchema,
  name: nameSchema.optional(),
  connectionId: z.string().max(60).optional(),
})

/** Sends a person to a vendor's consent screen. */
export async function beginOAuth(
  env: ConnectionEnv,
  session: OrgSession,
  input: OAuthInput,
  options: CallOptions = {},
): Promise<OAuthBeginning> {
  const { orgId } = session
  const {
    plugin: pluginId,
    method: label,
    redirectUri: asked,
    session: browser,
    name,
    connectionId: given,
  } = checkInput(inputSchema, input)
  const connectionId = given === undefined ? undefined : checkedConnectionId(given)
  const redirectUri = asked ?? env.publicUrl?.('oauth/callback')
  if (redirectUri === undefined) {
    throw new OpsError('INVALID_INPUT', 'Say `redirectUri`, or give the host its address: createOps({ publicUrl }).', {
      path: ['redirectUri'],
    })
  }
  const plugin = env.plugins.get(pluginId)
  const method = methodOf(plugin, 'oauth2', label)
  const id = newId('oat')
  const { secret, digest } = makeTokenSecret()
  const state = printOrgToken({ orgId, id, secret })
  const verifier = randomBytes(48).toString('base64url')
  await sealing(env.vault, session, (sealer) =>
    session.write(options, async ({ tx, actor }) => {
      if (connectionId !== undefined) await findConnection(tx.db, orgId, connectionId)
      await dropOldFlows(tx.db, orgId, mostFlows - 1)
      const flow = {
        org_id: orgId,
        id,
        state_digest: digest,
        session_digest: digestOf(browser),
        plugin: plugin.id,
        method_label: method.label,
        redirect_uri: redirectUri,
        name: name ?? null,
        connection_id: connectionId ?? null,
        created_by: actorText(actor),
      }
      await insertFlow(tx.db, flow, flowMs)
      const place = { orgId, holder: flowHolder, rowId: id, field: 'verifier' }
      await saveSecret(tx.db, place, sealer.seal(place, verifier))
    }),
  )
  const url = new URL(method.authorizeUrl)
  const fields = {
    ...method.authorizeParams,
    response_type: 'code',
    client_id: method.clientId,
    redirect_uri: redirectUri,
    state,
    ...(method.scopes.length === 0 ? {} : { scope: method.scopes.join(' ') }),
    ...(method.pkce ? { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' } : {}),
  }
  for (const [key, value] of Object.entries(fields)) url.searchParams.set(key, value)
  return { url: url.href, state }
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}
