import { randomText } from '../catalog/new-id.ts'
import { findOrg, insertOrg, type Org, updateOrg } from '../catalog/orgs.repository.ts'
import type { OpenDatabase } from '../db/open-database.ts'
import { tenantRole } from '../db/roles.ts'
import { createTenantRole } from '../db/tenant-role.ts'
import type { Transaction } from '../db/transaction.ts'
import { createOrgSchema, migrateOrgSchema, orgSchemaVersion } from './org-schema.ts'
import { checkLive, orgNotFound, StaleOrg } from './present-org.ts'

/** An org that is not there yet. */
export function newOrg(orgId: string, more: Partial<Org> = {}): Org {
  return {
    orgId,
    shortId: randomText(10),
    revision: 1,
    state: 'live',
    ownRole: false,
    schemaVersion: orgSchemaVersion,
    timeZone: 'UTC',
    locale: 'en-US',
    ...more,
  }
}

/** What becomes of an org that is not there: it is made, with or without a role of its own, or refused. */
export type AbsentOrg = 'make' | 'make-with-role' | 'refuse'

/**
 * Finds the org, or makes it and its schema: the first call of an org does.
 *
 * @throws OpsError `ORG_UNAVAILABLE`, `SCHEMA_NEWER`; `DATABASE_UNSUITABLE` if it cannot get a role of its own;
 * `NOT_FOUND` if it is not to be made
 */
export async function provisionOrg(database: OpenDatabase, orgId: string, absent: AbsentOrg): Promise<Org> {
  const scope = { kind: 'org', orgId, actor: 'system:opslayer' } as const
  const found = await database.transaction({ scope, mode: 'write' }, async (tx) => {
    const present = await findOrg(tx.db, orgId)
    if (present !== undefined) return present
    if (absent === 'refuse') throw orgNotFound(orgId)
    const made = newOrg(orgId, { ownRole: absent === 'make-with-role' })
    // The insert waits for another process making the same org, and then finds it made.
    if (!(await insertOrg(tx.db, made))) return await findOrg(tx.db, orgId)
    await makeSchema(database, tx, made, orgSchemaVersion)
    return made
  })
  if (found === undefined) return await provisionOrg(database, orgId, absent)
  checkLive(found.state)
  return found.schemaVersion === orgSchemaVersion ? found : await bringOrgUpToDate(database, orgId)
}

/** Makes the schema of a new org, owned by a role of its own where it is to have one. */
export async function makeSchema(
  database: OpenDatabase,
  tx: Transaction,
  org: Org,
  schemaVersion: number,
): Promise<void> {
  const { roles } = database
  const owner = org.ownRole ? await createTenantRole(tx, roles, org.shortId) : roles.org
  await createOrgSchema(tx, org, owner, schemaVersion)
}

/** Migrates the org's schema while nobody writes: of two processes, the second finds the work done. */
export async function bringOrgUpToDate(database: OpenDatabase, orgId: string): Promise<Org> {
  const scope = { kind: 'org', orgId, actor: 'system:opslayer' } as const
  return await database.transaction({ scope, mode: 'write', orgLock: 'exclusive' }, async (tx) => {
    const org = await findOrg(tx.db, orgId)
    if (org === undefined) throw new StaleOrg()
    checkLive(org.state)
    if (org.schemaVersion === orgSchemaVersion) return org
    if (org.ownRole) await tx.setRole(tenantRole(database.roles, org.shortId))
    await migrateOrgSchema(tx, org)
    await updateOrg(tx.db, orgId, { schemaVersion: orgSchemaVersion })
    return { ...org, schemaVersion: orgSchemaVersion, revision: org.revision + 1 }
  })
}
