import type { ColumnTypes } from '../../catalog/column-types.ts'
import { findOrg, insertOrg, type Org, updateOrg } from '../../catalog/orgs.repository.ts'
import { hasTables } from '../../catalog/tables.repository.ts'
import { isPostgresError } from '../../db/database-errors.ts'
import { catalogMigrations } from '../../db/migrations/catalog-migrations.ts'
import type { OpenDatabase } from '../../db/open-database.ts'
import { tenantRole } from '../../db/roles.ts'
import type { CallOptions, Transaction } from '../../db/transaction.ts'
import { OpsError } from '../../errors/ops-error.ts'
import { eraseIf } from '../erase-org.ts'
import { migrateOrgSchema, orgSchemaVersion } from '../org-schema.ts'
import { makeSchema, newOrg } from '../provision-org.ts'
import { type ArchiveHeader, damaged } from './archive-format.ts'
import { fillOrg } from './fill-org.ts'
import { type ArchiveSource, readArchive } from './read-archive.ts'

export interface ImportResult {
  readonly tables: number
  readonly rows: number
}

export interface ImportSettings {
  readonly types: ColumnTypes
  readonly tenantRoles: boolean
}

/** Runs a step in the org that is being imported, and in no other life of it. */
export type ImportStep = <T>(step: (tx: Transaction) => Promise<T>) => Promise<T>

/**
 * Makes an org from an archive, under the id it had or another. The org can be used only when all of it is there; a
 * failed import takes away what it had made, a killed one is cleared by the next.
 *
 * @throws OpsError `ALREADY_EXISTS` if the org holds tables already, `INVALID_INPUT` for a damaged archive or one with
 * column types that this host lacks, `SCHEMA_NEWER`, `CONFLICT` if another import of the org took over
 */
export async function importOrg(
  database: OpenDatabase,
  orgId: string,
  source: ArchiveSource,
  settings: ImportSettings,
  options: CallOptions = {},
): Promise<ImportResult> {
  const { header, lines } = await readArchive(source)
  checkVersions(header)
  const org = await begin(database, orgId, header, settings, options)
  const step: ImportStep = (work) => inImport(database, org, options, work)
  try {
    const result = await fillOrg(database, org, lines, settings.types, step)
    await step(async (tx) => {
      await migrateOrgSchema(tx, org)
      await updateOrg(tx.db, orgId, { state: 'live', schemaVersion: orgSchemaVersion })
    })
    return result
  } catch (error) {
    await eraseIf(database, orgId, async ({ shortId }) => shortId === org.shortId, {}).catch(() => undefined) // The next import clears it.
    throw error
  }
}

function checkVersions({ catalogVersion, schemaVersion }: ArchiveHeader): void {
  if (catalogVersion <= catalogMigrations.length && schemaVersion <= orgSchemaVersion) return
  throw new OpsError('SCHEMA_NEWER', 'The archive was made by a newer opslayer. Update @opslayer/core.')
}

async function begin(
  database: OpenDatabase,
  orgId: string,
  header: ArchiveHeader,
  settings: ImportSettings,
  options: CallOptions,
): Promise<Org> {
  await eraseIf(database, orgId, async (org, tx) => org.state !== 'live' || !(await hasTables(tx.db, orgId)), options)
  const org = newOrg(orgId, {
    state: 'importing',
    ownRole: settings.tenantRoles,
    schemaVersion: header.schemaVersion,
  })
  const scope = { kind: 'org', orgId, actor: 'system:opslayer' } as const
  return await database.transaction({ ...options, scope, mode: 'write' }, async (tx) => {
    if (!(await insertOrg(tx.db, org))) {
      const other = await findOrg(tx.db, orgId)
      throw other?.state === 'live'
        ? new OpsError(
            'ALREADY_EXISTS',
            `Org "${orgId}" holds tables already. Erase it first, or import under another id.`,
          )
        : takenOver()
    }
    await makeSchema(database, tx, org, header.schemaVersion)
    return org
  })
}

async function inImport<T>(
  database: OpenDatabase,
  org: Org,
  options: CallOptions,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const role = org.ownRole ? tenantRole(database.roles, org.shortId) : undefined
  const scope = { kind: 'org', orgId: org.orgId, actor: 'system:opslayer', role } as const
  return await database.transaction({ ...options, scope, mode: 'write' }, async (tx) => {
    if (tx.org?.shortId !== org.shortId || tx.org.state !== 'importing') throw takenOver()
    try {
      return await work(tx)
    } catch (error) {
      // Wrong values (class 22) and broken keys (class 23) come from the archive.
      const isContent = isPostgresError(error) && /^2[23]/.test(error.code)
      throw isContent ? damaged(`its content does not fit (SQLSTATE ${error.code})`, error) : error
    }
  })
}

function takenOver(): OpsError {
  return new OpsError('CONFLICT', 'Another process erased or imported the org meanwhile.')
}
