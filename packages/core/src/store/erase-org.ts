import { sql } from 'kysely'
import { deleteOrgRows } from '../catalog/org-rows.repository.ts'
import { orgTableNames } from '../catalog/org-tables.ts'
import { findOrg, type Org, updateOrg } from '../catalog/orgs.repository.ts'
import type { OpenDatabase } from '../db/open-database.ts'
import { dropTenantRole } from '../db/tenant-role.ts'
import type { CallOptions, Transaction } from '../db/transaction.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { schemaName } from './physical-names.ts'

export interface EraseResult {
  /** False if the database had no such org. */
  readonly erased: boolean
}

/** Relations dropped in one transaction. Each locks itself and its indexes, and the lock table has room for thousands. */
const relationsAtOnce = 10

const functionsAtOnce = 200

const rowsAtOnce = 5_000

/** Readers may hold a table for as long as their statement runs; nobody new can come. */
const lockTimeoutMs = 2_000
const lockAttempts = 60

/**
 * Removes an org: its schema, its catalog rows, its role. From the first step on nobody can use the org; erasing it
 * again after an interruption goes on where it stopped.
 */
export async function eraseOrg(database: OpenDatabase, orgId: string, options: CallOptions = {}): Promise<EraseResult> {
  return await eraseIf(database, orgId, async () => true, options)
}

/** Erases the org if `condition` holds of it, which is asked while nobody writes. */
export async function eraseIf(
  database: OpenDatabase,
  orgId: string,
  condition: (org: Org, tx: Transaction) => Promise<boolean>,
  options: CallOptions,
): Promise<EraseResult> {
  const org = await inErasure(database, orgId, options, async (tx) => {
    const found = await findOrg(tx.db, orgId)
    if (found === undefined || !(await condition(found, tx))) return undefined
    if (found.state !== 'erasing') await updateOrg(tx.db, orgId, { state: 'erasing' })
    return found
  })
  if (org === undefined) return { erased: false }
  while (await dropRelations(database, org, options)) {
    // As many transactions as it takes.
  }
  if (org.ownRole) await database.asLogin((client) => dropTenantRole(client, database.roles, org.shortId))
  for (const table of [...orgTableNames].reverse()) {
    let deleted = rowsAtOnce
    while (deleted === rowsAtOnce) {
      deleted = await whileErasing(database, org, options, 0, (tx) =>
        deleteOrgRows(tx.db, database.schema, orgId, table, rowsAtOnce),
      )
    }
  }
  return { erased: true }
}

/** @returns whether there may be more */
async function dropRelations(database: OpenDatabase, org: Org, options: CallOptions): Promise<boolean> {
  const schema = schemaName(org)
  return await whileErasing(database, org, options, false, async (tx) => {
    const [owner] = await tx.all(
      sql<{ name: string }>`select pg_get_userbyid(nspowner)::text as name from pg_namespace where nspname = ${schema}`,
    )
    if (owner === undefined) return false
    await tx.setRole(owner.name)
    // Tables first: their sequences, views and defaults go with them.
    const relations = await tx.all(sql<{ name: string; kind: keyof typeof dropWords }>`
      select c.relname::text as name, c.relkind::text as kind from pg_class as c
      where c.relnamespace = ${schema}::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
      order by c.relkind not in ('r', 'p'), c.oid limit ${sql.lit(relationsAtOnce)}`)
    for (const { name, kind } of relations) {
      await tx.run(sql`drop ${sql.raw(dropWords[kind])} if exists ${sql.id(schema, name)} cascade`)
    }
    if (relations.length > 0) return true
    const functions = await tx.all(sql<{ signature: string }>`
      select p.oid::regprocedure::text as signature from pg_proc as p
      where p.pronamespace = ${schema}::regnamespace limit ${sql.lit(functionsAtOnce)}`)
    for (const { signature } of functions) await tx.run(sql`drop function if exists ${sql.raw(signature)}`)
    if (functions.length === 0) await tx.run(sql`drop schema ${sql.id(schema)} cascade`)
    return functions.length > 0
  })
}

const dropWords = { r: 'table', p: 'table', v: 'view', m: 'materialized view', S: 'sequence' } as const

/** Runs a step unless another process has finished the work, or the org has begun a new life. */
async function whileErasing<T>(
  database: OpenDatabase,
  org: Org,
  options: CallOptions,
  otherwise: T,
  step: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return await inErasure(database, org.orgId, options, async (tx) =>
    tx.org?.shortId === org.shortId && tx.org.state === 'erasing' ? await step(tx) : otherwise,
  )
}

async function inErasure<T>(
  database: OpenDatabase,
  orgId: string,
  options: CallOptions,
  step: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const scope = { kind: 'org', orgId, actor: 'system:opslayer' } as const
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.transaction({ ...options, scope, mode: 'write', orgLock: 'exclusive', lockTimeoutMs }, step)
    } catch (error) {
      if (!isOpsError(error, 'CONTENTION') || attempt === lockAttempts) throw error
    }
  }
}
