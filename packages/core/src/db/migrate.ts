import { OpsError } from '../errors/ops-error.ts'
import { hasCatalogTable } from './has-catalog-table.ts'
import type { MigrationContext } from './migrations/catalog-migration.ts'
import { catalogMigrations } from './migrations/catalog-migrations.ts'
import type { OpenDatabase } from './open-database.ts'
import type { PgClient } from './pool.ts'
import { prepareDatabase } from './prepare-database.ts'
import { quoteIdentifier, quoteLiteral } from './quote.ts'

export interface MigrationStatus {
  /** Version of the catalog in the database; 0 before the first migration. */
  readonly current: number
  /** Version that this opslayer wants. */
  readonly wanted: number
  /** Names of the migrations that `migrate()` would run, in order. */
  readonly pending: readonly string[]
  readonly state: 'current' | 'pending' | 'newer'
}

/** What a migration did. */
export interface MigrationReport {
  readonly from: number
  readonly to: number
  readonly applied: readonly string[]
}

/**
 * Brings the catalog to the wanted version, each migration in a transaction of its own under one lock: of two
 * processes starting at once, one waits and then finds the work done.
 *
 * @param partitions hash partitions of each catalog table, decided by the first migration; 0 for plain tables
 * @throws OpsError `SCHEMA_NEWER` if a newer opslayer has migrated the database; `DATABASE_UNSUITABLE` if roles or the
 * schema cannot be made: the message holds the SQL for a database administrator
 */
export async function migrateCatalog(database: OpenDatabase, partitions: number): Promise<MigrationReport> {
  return await database.asLogin(async (client) => {
    const applied: string[] = []
    let from: number | undefined
    for (;;) {
      const step = await oneStep(client, database, partitions)
      from ??= step.version - (step.applied === undefined ? 0 : 1)
      if (step.applied === undefined) return { from, to: step.version, applied }
      applied.push(step.applied)
    }
  })
}

export async function catalogStatus(database: OpenDatabase): Promise<MigrationStatus> {
  return await database.asLogin(async (client) => {
    const current = await catalogVersion(client, database.schema)
    const wanted = catalogMigrations.length
    return {
      current,
      wanted,
      pending: catalogMigrations.slice(current).map(({ name }) => name),
      state: current === wanted ? 'current' : current > wanted ? 'newer' : 'pending',
    }
  })
}

/** Runs the next migration, if there is one, under the lock. */
async function oneStep(
  client: PgClient,
  database: OpenDatabase,
  partitions: number,
): Promise<{ version: number; applied?: string }> {
  const schema = quoteIdentifier(database.schema)
  await client.query({ text: 'begin' })
  try {
    await client.query({
      text: `select pg_advisory_xact_lock(hashtext(${quoteLiteral(`opslayer migrate ${database.schema}`)}))`,
    })
    const version = await catalogVersion(client, database.schema)
    if (version > catalogMigrations.length) throw newerSchema(version)
    await prepareDatabase(client, database)
    if (version === 0) await createHistory(client, database)
    const next = catalogMigrations[version]
    if (next === undefined) {
      await client.query({ text: 'commit' })
      return { version }
    }
    const roles = { org: quoteIdentifier(database.roles.org), system: quoteIdentifier(database.roles.system) }
    const context: MigrationContext = { schema, roles, partitions }
    for (const text of next.statements(context)) await client.query({ text })
    await client.query({
      text: `insert into ${schema}.migrations (version, name) values ($1, $2)`,
      values: [version + 1, next.name],
    })
    await client.query({ text: 'commit' })
    return { version: version + 1, applied: next.name }
  } catch (error) {
    await client.query({ text: 'rollback' }).catch(() => {}) // The connection is gone, and so is the transaction.
    throw error
  }
}

function newerSchema(version: number): OpsError {
  return new OpsError(
    'SCHEMA_NEWER',
    `The database was migrated by a newer opslayer (catalog version ${version}; this one knows ${catalogMigrations.length}). Update @opslayer/core.`,
  )
}

async function catalogVersion(client: PgClient, schema: string): Promise<number> {
  if (!(await hasCatalogTable(client, schema, 'migrations'))) return 0
  const { rows } = await client.query({
    text: `select coalesce(max(version), 0)::int as version from ${quoteIdentifier(schema)}.migrations`,
  })
  return rows[0].version
}

/** Where the catalog notes its own history and the roles that it was made for. */
async function createHistory(client: PgClient, database: OpenDatabase): Promise<void> {
  const schema = quoteIdentifier(database.schema)
  const { org, system } = database.roles
  for (const text of [
    `create table ${schema}.migrations (version int primary key, name text not null, applied_at timestamptz not null default now())`,
    `create table ${schema}.installation (org_role text not null, system_role text not null)`,
    `grant select on ${schema}.migrations, ${schema}.installation to ${quoteIdentifier(org)}, ${quoteIdentifier(system)}`,
    `insert into ${schema}.installation values (${quoteLiteral(org)}, ${quoteLiteral(system)})`,
  ]) {
    await client.query({ text })
  }
}
