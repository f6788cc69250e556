import type { ConnectionRecord, ConnectionState } from '../db/tables/connections.db.ts'

/** An org's credentials for a plugin. The credentials themselves never leave. */
export interface Connection {
  readonly id: string
  readonly plugin: string
  /** Version of the plugin that it was last connected with. */
  readonly pluginVersion: string
  readonly method: 'api-key' | 'oauth2'
  /** Which of the plugin's methods. */
  readonly methodLabel: string
  readonly name: string
  /** `broken`: the vendor refused the credentials; nothing uses them until somebody reconnects. */
  readonly state: ConnectionState
  /** Why it is broken, for people. */
  readonly reason: string | null
  /** Whose account at the vendor it is. */
  readonly account: { readonly id: string; readonly name: string | null } | null
  /** The last characters of a key, to tell several apart. */
  readonly hint: string | null
  /** When the vendor last took the credentials in a test. */
  readonly testedAt: string | null
  readonly createdAt: string
  readonly createdBy: string
}

export function publicConnection(record: ConnectionRecord): Connection {
  return {
    id: record.id,
    plugin: record.plugin,
    pluginVersion: record.plugin_version,
    method: record.method,
    methodLabel: record.method_label,
    name: record.name,
    state: record.state,
    reason: record.reason,
    account: record.account_id === null ? null : { id: record.account_id, name: record.account_name },
    hint: record.hint,
    testedAt: record.tested_at,
    createdAt: record.created_at,
    createdBy: record.created_by,
  }
}

/** What people need of a connection to choose it: nothing of the account, nothing of its key. */
export type ConnectionName = Pick<Connection, 'id' | 'plugin' | 'name' | 'state'>

export function connectionName({ id, plugin, name, state }: ConnectionRecord): ConnectionName {
  return { id, plugin, name, state }
}
