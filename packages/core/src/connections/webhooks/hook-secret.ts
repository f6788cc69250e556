import { findSecret } from '../../secrets/secrets.repository.ts'
import type { OrgSession } from '../../store/org-session.ts'
import type { ConnectionEnv } from '../connection-env.ts'
import { connectionHolder, connectionNotFound } from '../connections.repository.ts'

/**
 * A secret of a connection's webhooks: `hook` stands in their addresses, `hook.<webhook>` was chosen by the vendor.
 *
 * @param otherwise what is taken where there is none
 * @throws OpsError `NOT_FOUND`
 */
export async function hookSecret(
  env: ConnectionEnv,
  session: OrgSession,
  id: string,
  field: string,
  otherwise?: string,
): Promise<string> {
  const place = { orgId: session.orgId, holder: connectionHolder, rowId: id, field }
  const sealed = await session.read({}, ({ tx }) => findSecret(tx.db, place))
  if (sealed !== undefined) return await env.vault.open(place, sealed)
  if (otherwise === undefined) throw connectionNotFound(id)
  return otherwise
}
