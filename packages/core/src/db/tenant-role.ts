import { sql } from 'kysely'
import { OpsError } from '../errors/ops-error.ts'
import { isPostgresError } from './database-errors.ts'
import type { PgClient } from './pool.ts'
import { quoteIdentifier } from './quote.ts'
import { type Roles, tenantRole } from './roles.ts'
import type { Transaction } from './transaction.ts'

/**
 * Makes the role of one org: it sees the catalog as the shared role does, by membership, and owns the org's schema,
 * where the roles of other orgs then have no right. Leaves the transaction in the role of the connection.
 *
 * @throws OpsError `DATABASE_UNSUITABLE`
 */
export async function createTenantRole(tx: Transaction, roles: Roles, shortId: string): Promise<string> {
  const role = tenantRole(roles, shortId)
  await tx.setRole(null)
  try {
    await tx.run(sql`create role ${sql.id(role)} nologin`)
    await tx.run(sql`grant ${sql.id(roles.org)} to ${sql.id(role)}`)
    await tx.run(sql`grant ${sql.id(role)} to current_user`)
  } catch (error) {
    throw isPostgresError(error, '42501') ? mayNotCreate(roles, error) : error
  }
  return role
}

/** Drops the role of an org whose schema is gone. A copy of the database on the same server may still need it. */
export async function dropTenantRole(client: PgClient, roles: Roles, shortId: string): Promise<void> {
  const role = quoteIdentifier(tenantRole(roles, shortId))
  await client.query({
    text: `do $$ begin drop role if exists ${role}; exception when dependent_objects_still_exist then null; end $$`,
  })
}

/** @throws OpsError `DATABASE_UNSUITABLE` if the role of the connection could make no roles for orgs */
export async function checkTenantRoles(client: PgClient, roles: Roles): Promise<void> {
  const { rows } = await client.query({
    text: 'select rolsuper or rolcreaterole as may from pg_catalog.pg_roles where rolname = current_user',
  })
  if (rows[0]?.may !== true) throw mayNotCreate(roles)
}

function mayNotCreate(roles: Roles, cause?: unknown): OpsError {
  return new OpsError(
    'DATABASE_UNSUITABLE',
    `"tenantRoles" gives each org a role of its own, and the role that opslayer connects as may not make any. Leave the option out, or let an administrator run, with that role's name:\nalter role … createrole;\ngrant ${quoteIdentifier(roles.org)} to … with admin option;`,
    { cause },
  )
}
