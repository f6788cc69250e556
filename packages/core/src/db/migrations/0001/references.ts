import type { MigrationContext } from '../catalog-migration.ts'

/** Parts that tables share: the column of the org, and what ties rows to their org or table. */
export function references({ schema }: Pick<MigrationContext, 'schema'>) {
  return {
    org: `org_id text collate "C" not null`,
    ofOrg: `foreign key (org_id) references ${schema}.orgs (org_id) on delete cascade`,
    ofTable: `foreign key (org_id, table_id) references ${schema}.tables (org_id, id) on delete cascade`,
  }
}
