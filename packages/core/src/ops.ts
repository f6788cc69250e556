import type { Actor } from './catalog/actor.ts'
import type { CatalogFault } from './db/lint-catalog.ts'
import type { MigrationReport, MigrationStatus } from './db/migrate.ts'
import type { CallOptions } from './db/transaction.ts'
import type { OrgOps } from './org-ops.ts'
import type { EraseResult } from './store/erase-org.ts'
import type { AnyColumnType } from './values/column-type.ts'

/** opslayer in a host: one for the whole process. Made by {@link createOps}. */
export interface Ops extends AsyncDisposable {
  /**
   * Brings the catalog of every database to the version that this opslayer wants. Safe when several processes start at
   * once. Call it at start-up.
   *
   * @throws OpsError `SCHEMA_NEWER`, `DATABASE_UNSUITABLE`
   */
  migrate(): Promise<Readonly<Record<string, MigrationReport>>>
  /** Where each database stands. */
  migrationStatus(): Promise<Readonly<Record<string, MigrationStatus>>>
  /** Checks the live catalogs against the rules that keep tenants apart; empty if all is well. */
  lint(): Promise<Readonly<Record<string, readonly CatalogFault[]>>>
  /**
   * Everything that an actor may do in an org. The org and its schema are made at the first call.
   *
   * Take `orgId` and `actor` from the host's own session, never from the input of a request.
   *
   * @throws OpsError `INVALID_INPUT`
   */
  forOrg(who: { readonly orgId: string; readonly actor: Actor }): OrgOps
  /**
   * Removes everything of an org: its schema, its definitions, its role. Idempotent; after an interruption call it
   * again. Calls of the org meanwhile get `ORG_UNAVAILABLE`; afterwards they find a new, empty org.
   */
  eraseOrg(orgId: string, options?: CallOptions): Promise<EraseResult>
  /** The column types there are: built-in, the host's, its plugins'. */
  readonly columnTypes: readonly AnyColumnType[]
  /** Lets running calls end and closes what was opened here; a pool of the host's stays open. */
  close(): Promise<void>
}
