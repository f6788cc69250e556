import { eachAlone } from '../catalog/each-alone.ts'
import { everyItem } from '../catalog/every-item.ts'
import { countOrgs, orgsBehind } from '../catalog/system.repository.ts'
import type { OpenDatabase } from '../db/open-database.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { orgSchemaVersion } from './org-schema.ts'
import { bringOrgUpToDate } from './provision-org.ts'

/** How the schemas of a database's orgs stand to the version that this opslayer wants. */
export interface OrgSchemasStatus {
  readonly all: number
  /** Migrated by the next `migrate()`, or at their next call if that comes first. */
  readonly behind: number
  /** Migrated by a newer opslayer; this one refuses their calls with `SCHEMA_NEWER`. */
  readonly newer: number
}

/**
 * Brings the schema of every org to the present version, each in a short transaction of its own. What fails for one of
 * them is thrown once the others are done.
 *
 * @returns how many orgs were behind
 */
export async function migrateOrgs(database: OpenDatabase): Promise<number> {
  let migrated = 0
  const behind = everyItem('', ({ after, limit }) => orgsBehind(database, orgSchemaVersion, after, limit))
  await eachAlone(behind, async (orgId) => {
    try {
      await bringOrgUpToDate(database, orgId)
      migrated += 1
    } catch (error) {
      // Erased or moved since it was listed.
      if (!isOpsError(error, 'ORG_UNAVAILABLE')) throw error
    }
  })
  return migrated
}

export async function orgSchemasStatus(database: OpenDatabase): Promise<OrgSchemasStatus> {
  return await countOrgs(database, orgSchemaVersion)
}
