import type { TableDefinition } from '../../catalog/table-definition.ts'
import type { ConnectionState } from '../../db/tables/connections.db.ts'
import { say } from '../../sentences/say.ts'
import type { Work } from '../org-session.ts'

/** How the connections stand that fills use, by their ids; one that is not there is missing. */
export type ConnectionStates = ReadonlyMap<string, ConnectionState>

/** Looks up the connections of tables' fills; nothing is asked where there are none. */
export async function connectionStates(
  { tx, org }: Pick<Work, 'tx' | 'org'>,
  tables: readonly TableDefinition[],
): Promise<ConnectionStates> {
  const ids = new Set(tables.flatMap(({ columns }) => columns.flatMap(({ fill }) => fill?.connectionId ?? [])))
  if (ids.size === 0) return new Map()
  const found = await tx.db
    .selectFrom('connections')
    .select(['id', 'state'])
    .where('org_id', '=', org.orgId)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(found.map(({ id, state }) => [id, state]))
}

/** Why a connection cannot be used; null if it can, or none is needed. */
export function connectionFault(connectionId: string | null, states: ConnectionStates): string | null {
  if (connectionId === null) return null
  const state = states.get(connectionId)
  if (state === undefined) return say('Its connection is gone. Choose another one.')
  return state === 'connected' ? null : say('The vendor refuses the credentials of its connection. Reconnect.')
}
