import * as z from 'zod'
import type { CallOptions } from '../../db/transaction.ts'
import { checkInput } from '../../errors/check-input.ts'
import { OpsError } from '../../errors/ops-error.ts'
import { PluginError } from '../../plugin/plugin-error.ts'
import { say } from '../../sentences/say.ts'
import type { OrgSession } from '../../store/org-session.ts'
import type { Connection } from '../connection.ts'
import type { ConnectionEnv } from '../connection-env.ts'
import { methodOf } from '../credentials.ts'
import { keepConnection } from '../keep-connection.ts'
import { digestOf, readOrgToken } from '../org-token.ts'
import { testCredentials } from '../test-credentials.ts'
import { sessionSchema } from './begin-oauth.ts'
import { lifetimeOf } from './fresh-connection.ts'
import { flowHolder, takeFlow } from './oauth-flows.repository.ts'
import { requestToken } from './request-token.ts'

export interface OAuthReturn {
  /** The parameters with which the vendor sent the browser back. */
  readonly state: string
  readonly code?: string | undefined
  readonly error?: string | undefined
  /** The host's session of the browser that came back. */
  readonly session: string
}

export interface FinishedOAuth {
  readonly orgId: string
  readonly connection: Connection
}

const returnSchema = z.object({
  state: z.string(),
  code: z.string().max(20_000).optional(),
  error: z.string().max(1_000).optional(),
  session: sessionSchema,
})

/**
 * Takes what a consent screen gave back, in the session that went there, once.
 *
 * @throws OpsError `OAUTH_STATE_INVALID`; PluginError `CREDENTIALS_REFUSED`, also if the person did not consent
 */
export async function finishOAuth(
  env: ConnectionEnv,
  sessionOf: (orgId: string) => OrgSession,
  input: OAuthReturn,
  options: CallOptions = {},
): Promise<FinishedOAuth> {
  const { state, code, error, session: browser } = checkInput(returnSchema, input)
  const token = readOrgToken(state, 'oat')
  if (token === undefined) throw invalidState()
  const { orgId, id, secret } = token
  const session = sessionOf(orgId)
  const digests = { stateDigest: digestOf(secret), sessionDigest: digestOf(browser) }
  const taken = await session
    .write(options, ({ tx }) => takeFlow(tx.db, orgId, { id, ...digests }))
    .catch(absentAsInvalid)
  if (taken === undefined) throw invalidState()
  const { flow, verifier: sealed } = taken
  const plugin = env.plugins.get(flow.plugin)
  const method = methodOf(plugin, 'oauth2', flow.method_label)
  if (code === undefined) {
    const said = error !== undefined && /^[A-Za-z0-9_]{1,60}$/.test(error) ? ` ("${error}")` : ''
    throw new PluginError(
      'CREDENTIALS_REFUSED',
      say('{plugin} gave no access{why}. Begin again to consent.', { plugin: plugin.facts.name, why: said }),
    )
  }
  const verifier = await env.vault.open({ orgId, holder: flowHolder, rowId: id, field: 'verifier' }, sealed)
  const begun = performance.now()
  const connectionId = flow.connection_id
  const answer = await requestToken(env, {
    orgId,
    plugin,
    method,
    connectionId,
    fields: {
      grant_type: 'authorization_code',
      code,
      redirect_uri: flow.redirect_uri,
      ...(method.pkce ? { code_verifier: verifier } : {}),
    },
    signal: options.signal ?? new AbortController().signal,
  })
  const kept = { kind: 'oauth2', token: answer } as const
  const facts = { kept, methodLabel: method.label, connectionId }
  const { account } = await testCredentials(env, orgId, plugin, facts, options.signal)
  const connection = await keepConnection(
    env,
    session,
    {
      plugin,
      method,
      kept,
      account,
      name: flow.name ?? undefined,
      lifetimeMs: lifetimeOf(method, answer.expires_in, begun),
      connectionId: connectionId ?? undefined,
      createdBy: flow.created_by,
    },
    options,
  )
  return { orgId, connection }
}

/** An org that is not there is no other answer than a state that is not. */
function absentAsInvalid(error: unknown): never {
  throw error instanceof OpsError && error.code === 'NOT_FOUND' ? invalidState() : error
}

function invalidState(): OpsError {
  return new OpsError(
    'OAUTH_STATE_INVALID',
    say('This sign-in has expired, was used already, or was begun in another session. Begin it again.'),
  )
}
