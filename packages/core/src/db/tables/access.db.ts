import type { ColumnType, Generated, Selectable } from 'kysely'
import type { Json } from '../../values/json.ts'

/** JSON goes in as text and comes out parsed. */
type JsonColumn<T> = ColumnType<T, string, string>

/** Keys by which programs call. Of the secret itself only a digest is kept. */
export interface ApiKeysTable {
  org_id: string
  id: string
  name: string
  digest: string
  role: string
  /** The only tables that are there for the key; null for all. */
  table_ids: ColumnType<readonly string[] | null, string | null, never>
  expires_at: string | null
  last_used_at: string | null
  revoked_at: string | null
  created_at: Generated<string>
  created_by: string
}

export type ApiKeyRecord = Selectable<ApiKeysTable>

/** Who did, or was refused, what. Each entry holds the hash of the one before, so that none can be changed unseen. */
export interface AuditTable {
  org_id: string
  /** 1, 2, 3 … without a gap. */
  seq: string
  at: string
  actor_type: string
  actor_id: string
  action: string
  outcome: string
  target: string | null
  request_id: string | null
  detail: JsonColumn<Json>
  hash: string
}

export type AuditRecord = Selectable<AuditTable>
