import type { ApiKey, ApiKeyInput, NewApiKey } from '../access/api-keys.service.ts'
import type { AuditEntry, AuditHead, AuditInput, AuditQuery, AuditVerdict } from '../access/audit.service.ts'
import type { CallOptions } from '../db/transaction.ts'
import type { ListOptions, Page } from '../store/tables.service.ts'

/** Keys by which programs call. `ops.identityOfKey` says whose a key is. */
export interface KeysApi {
  /** The key's text is told this once. Give it no higher role than its maker's. @throws OpsError `INVALID_INPUT` */
  create(input: ApiKeyInput, options?: CallOptions): Promise<NewApiKey>
  /** Expired and revoked ones too. */
  list(options?: ListOptions): Promise<Page<ApiKey>>
  /** Ends a key, from its next call on. @throws OpsError `NOT_FOUND` */
  revoke(keyId: string, options?: CallOptions): Promise<ApiKey>
}

/** Who did, or was refused, what: beside the change log, which knows every change of rows and definitions. */
export interface AuditApi {
  /** Adds an entry in the actor's name. @throws OpsError `INVALID_INPUT` */
  add(entry: AuditInput, options?: CallOptions): Promise<AuditEntry>
  /** The newest first. */
  list(query?: AuditQuery, options?: CallOptions): Promise<Page<AuditEntry>>
  /** The whole log from its beginning. */
  export(options?: CallOptions): AsyncIterable<AuditEntry>
  /** Whether every entry is as it was written; with the `head` of an earlier check, also that none was cut off. */
  verify(known?: AuditHead | undefined, options?: CallOptions): Promise<AuditVerdict>
}
