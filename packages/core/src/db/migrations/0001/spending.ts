import { catalogTable, type MigrationContext } from '../catalog-migration.ts'
import { references } from './references.ts'

/** Known answers of plugins, budgets, and what was spent. */
export function spending(context: MigrationContext): string[] {
  const { schema } = context
  const { ofOrg, org } = references(context)
  return [
    ...catalogTable(
      context,
      'cell_cache',
      `${org},
      key text collate "C" not null,
      outcome jsonb not null,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      primary key (org_id, key),
      ${ofOrg}`,
    ),
    `create index cell_cache_expired on ${schema}.cell_cache (org_id, expires_at)`,
    ...catalogTable(
      context,
      'budgets',
      `${org},
      unit text collate "C" not null,
      plugin text collate "C" not null,
      per_month numeric(20, 6) not null,
      primary key (org_id, unit, plugin),
      ${ofOrg}`,
    ),
    ...catalogTable(
      context,
      'spend',
      `${org},
      run_id text collate "C" not null,
      month date not null,
      unit text collate "C" not null,
      plugin text collate "C" not null,
      table_id text collate "C" not null,
      column_id text collate "C" not null,
      reserved numeric(20, 6) not null default 0,
      held_until timestamptz,
      spent numeric(20, 6) not null default 0,
      items int not null default 0,
      primary key (org_id, run_id, month, unit),
      ${ofOrg}`,
    ),
    `create index spend_of_month on ${schema}.spend (org_id, month, unit)`,
  ]
}
