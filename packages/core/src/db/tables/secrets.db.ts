import type { Generated, Selectable } from 'kysely'

/** Keys that secrets of an org are encrypted with, themselves encrypted by a key of the host's. */
export interface SecretKeysTable {
  org_id: string
  id: string
  /** The host's key that wrapped it. */
  kek_id: string
  /** Nonce, ciphertext and tag, or what a key service gave: base64. */
  wrapped: string
  created_at: Generated<string>
}

/** Secrets, encrypted; bound to the org, table, row and field that they belong to. */
export interface SecretsTable {
  org_id: string
  /** Table of the catalog whose row the secret belongs to. */
  holder: string
  row_id: string
  field: string
  key_id: string
  /** Nonce, ciphertext and tag: base64. */
  content: string
}

export type SecretKeyRecord = Selectable<SecretKeysTable>
