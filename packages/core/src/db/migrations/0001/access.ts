import { catalogTable, type MigrationContext } from '../catalog-migration.ts'
import { references } from './references.ts'

/** Keys of programs, and the audit log. */
export function access(context: MigrationContext): string[] {
  const { ofOrg, org } = references(context)
  return [
    ...catalogTable(
      context,
      'api_keys',
      `${org},
      id text collate "C" not null,
      name text not null,
      digest text not null,
      role text not null,
      table_ids jsonb,
      expires_at timestamptz,
      last_used_at timestamptz,
      revoked_at timestamptz,
      created_at timestamptz not null default now(),
      created_by text not null,
      primary key (org_id, id),
      ${ofOrg}`,
    ),
    ...catalogTable(
      context,
      'audit',
      `${org},
      seq bigint not null,
      at timestamptz not null,
      actor_type text not null,
      actor_id text not null,
      action text not null,
      outcome text not null check (outcome in ('done', 'refused', 'failed')),
      target text,
      request_id text,
      detail jsonb not null,
      hash text not null,
      primary key (org_id, seq),
      ${ofOrg}`,
    ),
  ]
}
