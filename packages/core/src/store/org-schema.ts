import { sql } from 'kysely'
import type { Org } from '../catalog/orgs.repository.ts'
import { isPostgresError } from '../db/database-errors.ts'
import type { Transaction } from '../db/transaction.ts'
import { OpsError } from '../errors/ops-error.ts'
import { schemaName } from './physical-names.ts'

/** One step in the history of the fixed tables of an org's schema. Frozen once released. */
type OrgMigration = (tx: Transaction, schema: string) => Promise<void>

const firstTables: OrgMigration = async (tx, schema) => {
  await tx.script([
    sql`create sequence ${sql.id(schema, 'row_ids')}`,
    sql`create sequence ${sql.id(schema, 'change_numbers')}`,
    sql`
    create table ${sql.id(schema, 'changes')} (
      seq bigint primary key default nextval(${sql.lit(`${schema}.change_numbers`)}),
      at timestamptz not null default clock_timestamp(),
      operation text collate "C" not null,
      -- The first entry of its operation: undo walks these.
      head boolean not null,
      kind text not null,
      -- 'do', 'undo' or 'redo'; target is the operation that the latter two take back.
      role text not null,
      target text collate "C",
      table_id text collate "C",
      actor_type text not null,
      actor_id text not null,
      cause json,
      -- The entry of the target that is taken back once this one is written.
      reverts bigint,
      row_count int not null default 0,
      first_row bigint,
      last_row bigint,
      -- null: every id from first_row to last_row
      row_ids bigint[],
      -- Columns whose cells were written, and where those cells lay.
      column_ids text[] collate "C",
      column_numbers int[],
      -- Columns of formulas that were computed anew.
      computed_ids text[] collate "C",
      before json,
      after json
    )`,
    // Uncompressed, a list of 5,000 ids is searched five times as fast: history asks each entry whether it has a row.
    sql`alter table ${sql.id(schema, 'changes')} alter row_ids set storage external`,
    sql`create index changes_of_actor on ${sql.id(schema, 'changes')} (actor_type, actor_id, seq) where head`,
    sql`create index changes_of_operation on ${sql.id(schema, 'changes')} (operation, seq)`,
    sql`create index changes_of_table on ${sql.id(schema, 'changes')} (table_id, seq)`,
    sql`create index changes_of_target on ${sql.id(schema, 'changes')} (target) where head and target is not null`,
    sql`create index changes_deleting on ${sql.id(schema, 'changes')} (table_id, seq) where kind = 'rows-deleted'`,
  ])
}

/** The place in the list, from 1, is the version. */
const orgMigrations: readonly OrgMigration[] = [firstTables]

export const orgSchemaVersion: number = orgMigrations.length

function mayNotCreate(cause: unknown): OpsError {
  return new OpsError(
    'DATABASE_UNSUITABLE',
    'The role that opslayer connects as may not make the schema of a new org. Let an administrator grant it CREATE on the database.',
    { cause },
  )
}

/**
 * Makes the schema of a new org, at the present version or, for an archive, at an earlier one. The role of the
 * connection makes it, for a role that an org's statements run in must have no right on the database as a whole.
 */
export async function createOrgSchema(
  tx: Transaction,
  org: Org,
  owner: string,
  version: number = orgSchemaVersion,
): Promise<void> {
  await tx.setRole(null)
  try {
    await tx.run(sql`create schema ${sql.id(schemaName(org))} authorization ${sql.id(owner)}`)
  } catch (error) {
    throw isPostgresError(error, '42501') ? mayNotCreate(error) : error
  }
  await tx.setRole(owner)
  await migrateOrgSchema(tx, { ...org, schemaVersion: 0 }, version)
}

/**
 * Brings the fixed tables of an org's schema from its version to another, the present one if none is named.
 *
 * @throws OpsError `SCHEMA_NEWER`
 */
export async function migrateOrgSchema(tx: Transaction, org: Org, version: number = orgSchemaVersion): Promise<void> {
  if (org.schemaVersion > orgSchemaVersion) {
    throw new OpsError('SCHEMA_NEWER', 'The data of this org was migrated by a newer opslayer. Update @opslayer/core.')
  }
  for (const migration of orgMigrations.slice(org.schemaVersion, version)) await migration(tx, schemaName(org))
}
