import type { KeyIdentity } from './access/api-keys.service.ts'
import type { Actor } from './catalog/actor.ts'
import type { FinishedOAuth, OAuthReturn } from './connections/oauth/finish-oauth.ts'
import type { IncomingWebhook } from './connections/webhooks/receive-webhook.ts'
import type { DatabaseFacts } from './db/database-facts.ts'
import type { CatalogFault } from './db/lint-catalog.ts'
import type { MigrationReport, MigrationStatus } from './db/migrate.ts'
import type { CallOptions } from './db/transaction.ts'
import type { OrgOps } from './org-ops/org-ops.ts'
import type { WebhookAnswer } from './plugin/webhook-part.ts'
import type { Worker, WorkerOptions } from './runs/run-worker.ts'
import type { RotationResult } from './secrets/rotate-secrets.ts'
import type { EraseResult } from './store/erase-org.ts'
import type { Maintenance, MaintenanceOptions } from './store/maintenance/maintenance.ts'
import type { OrgSchemasStatus } from './store/migrate-orgs.ts'
import type { ExportOptions } from './store/org-archive/export-org.ts'
import type { ImportResult } from './store/org-archive/import-org.ts'
import type { ArchiveSource } from './store/org-archive/read-archive.ts'
import type { Access } from './store/table-access.ts'
import type { AnyColumnType } from './values/column-type.ts'

/** What `migrate()` did in one database. */
export interface DatabaseMigration extends MigrationReport {
  /** Orgs whose schema was behind. */
  readonly orgs: number
}

/** How one database stands to what this opslayer wants. */
export interface DatabaseStatus extends MigrationStatus {
  readonly orgs: OrgSchemasStatus
}

export interface CloseOptions {
  /** How long calls of plugins under way may go on, in milliseconds; then they are cut off. @default 10000 */
  readonly graceMs?: number | undefined
}

/** opslayer in a host: one for the whole process. Made by {@link createOps}. */
export interface Ops extends AsyncDisposable {
  /**
   * Brings every database to the versions that this opslayer wants: the catalog, then the schemas of the orgs one by
   * one, each in a short transaction (an org that is called meanwhile is migrated by that call). Safe when several
   * processes start at once. Call it at start-up.
   *
   * @throws OpsError `SCHEMA_NEWER`, `DATABASE_UNSUITABLE`
   */
  migrate(): Promise<Readonly<Record<string, DatabaseMigration>>>
  /** Where each database stands. */
  migrationStatus(): Promise<Readonly<Record<string, DatabaseStatus>>>
  /** What each database says of itself: version, role, clock, extension. */
  databaseFacts(): Promise<Readonly<Record<string, DatabaseFacts>>>
  /** Checks the live catalogs against the rules that keep tenants apart; empty if all is well. */
  lint(): Promise<Readonly<Record<string, readonly CatalogFault[]>>>
  /**
   * Everything that an actor may do in an org. The org and its schema are made at the first call.
   *
   * Take `orgId`, `actor` and `access` from the host's own session, never from the input of a request. `access` narrows
   * what the actor sees and may do: by table, column and row, in every method, undo included.
   *
   * @throws OpsError `INVALID_INPUT`
   */
  forOrg(who: { readonly orgId: string; readonly actor: Actor; readonly access?: Access | undefined }): OrgOps
  /**
   * Who calls by an API key, as `acme.keys.create` gave it; null for a text that is no key, or none any more.
   *
   * @example
   * const who = await ops.identityOfKey(bearer)
   * const org = who && ops.forOrg(who)
   */
  identityOfKey(token: string, options?: CallOptions): Promise<KeyIdentity | null>
  /**
   * Removes everything of an org: its schema, its definitions, its role. Idempotent; after an interruption call it
   * again. Calls of the org meanwhile get `ORG_UNAVAILABLE`; afterwards they find a new, empty org.
   */
  eraseOrg(orgId: string, options?: CallOptions): Promise<EraseResult>
  /**
   * Everything of an org as bytes: definitions, rows, change log, deleted tables and columns. One consistent snapshot,
   * taken when the first byte is asked for; the format is versioned and streamed, memory stays bounded.
   *
   * @throws OpsError `NOT_FOUND`, `ORG_UNAVAILABLE`
   *
   * @example
   * await pipeline(ops.exportOrg('acme'), createWriteStream('acme.opslayer.gz'))
   */
  exportOrg(orgId: string, options?: ExportOptions): AsyncIterable<Uint8Array>
  /**
   * Makes an org from what `exportOrg` gave, here or in another database, under its id or another. All ids in it stay.
   * The org can be used once all of it is there; a failed import leaves nothing.
   *
   * To move an org: stop its users, export it, import it with an `ops` that routes it to the new database, change the
   * routing everywhere, erase it in the old one.
   *
   * @throws OpsError `ALREADY_EXISTS`, `INVALID_INPUT`, `SCHEMA_NEWER`, `CONFLICT`
   */
  importOrg(orgId: string, source: ArchiveSource, options?: CallOptions): Promise<ImportResult>
  /**
   * Looks after all orgs from now on, in the background of this process, one at a time: makes and drops indexes where
   * people read, and brings results of `TODAY` and `NOW` up to date. Once a day it forgets changes older than 90 days and
   * frees what was deleted more than 30 days ago; once an hour it removes runs that ended 30 days ago, with the rows that
   * they rejected, and uploads that nobody has imported within a day. Stops with its signal, by `stop`, and with `close`.
   *
   * @throws OpsError `INVALID_INPUT`
   */
  startMaintenance(options?: MaintenanceOptions): Maintenance
  /**
   * Works from now on, in the background of this process, on runs that nobody works on, of all orgs: what was queued
   * elsewhere, and what a killed process left behind. What is started in this process it works on in any case. Stops
   * with its signal, by `stop`, and with `close`.
   *
   * @throws OpsError `INVALID_INPUT`
   */
  startWorker(options?: WorkerOptions): Worker
  /**
   * Takes what a vendor's consent screen gave back, once, in the browser session that went there by
   * `connections.beginOAuth`. The server's handler does it; a host with a route of its own calls it.
   *
   * @throws OpsError `OAUTH_STATE_INVALID`, `CREDENTIALS_REFUSED`, `VENDOR_UNAVAILABLE`
   */
  finishOAuth(input: OAuthReturn, options?: CallOptions): Promise<FinishedOAuth>
  /**
   * Takes a request of a vendor's to a webhook: verified, stored as it is, and answered; what it says is dealt with
   * later. The server's handler does it. What it throws is answered with 503: the vendor sends it again.
   */
  receiveWebhook(incoming: IncomingWebhook): Promise<WebhookAnswer>
  /**
   * Encrypts all secrets anew that are under a former key of `encryptionKeys`, while everybody works. To be called
   * once every process has the new key at the front; several may call it at once, and again after an interruption. A
   * former key can go when `left` is 0.
   *
   * @throws OpsError `ENCRYPTION_KEY_MISSING`
   */
  rotateSecrets(options?: CallOptions): Promise<RotationResult>
  /** The column types there are: built-in, the host's, its plugins'. */
  readonly columnTypes: readonly AnyColumnType[]
  /**
   * Lets running calls and the steps of runs end, and closes what was opened here; a pool of the host's stays open. Runs
   * are let go, for other processes or the next start.
   */
  close(options?: CloseOptions): Promise<void>
}
