import type { Roles } from '../roles.ts'

/** What the statements of a migration are made of. All names are generated or validated. */
export interface MigrationContext {
  /** Quoted name of the catalog schema. */
  readonly schema: string
  /** Quoted role names. */
  readonly roles: Roles
  /** Number of hash partitions of each catalog table; 0 for plain tables. */
  readonly partitions: number
}

/** One step of the catalog's history: frozen once released. */
export interface CatalogMigration {
  readonly name: string
  readonly statements: (context: MigrationContext) => readonly string[]
}

/**
 * A catalog table: forced row-level security with one policy per role, hash-partitioned by `org_id` where asked.
 * Every key must start with `org_id`; the catalog linter checks it.
 */
export function catalogTable({ schema, roles, partitions }: MigrationContext, name: string, body: string): string[] {
  const table = `${schema}.${name}`
  const partitioned = partitions > 0
  return [
    `create table ${table} (${body})${partitioned ? ' partition by hash (org_id)' : ''}`,
    ...Array.from(
      { length: partitions },
      (_, part) =>
        `create table ${table}_p${part} partition of ${table} for values with (modulus ${partitions}, remainder ${part})`,
    ),
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy own_org on ${table} to ${roles.org} using (org_id = current_setting('opslayer.org', true)) with check (org_id = current_setting('opslayer.org', true))`,
    `create policy every_org on ${table} to ${roles.system} using (true) with check (true)`,
    `grant select, insert, update, delete on ${table} to ${roles.org}, ${roles.system}`,
  ]
}
