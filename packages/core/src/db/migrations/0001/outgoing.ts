import { catalogTable, type MigrationContext } from '../catalog-migration.ts'
import { references } from './references.ts'

/** Outgoing calls: limits that processes share, the log, its sums. */
export function outgoing(context: MigrationContext): string[] {
  const { schema } = context
  const { ofOrg, org } = references(context)
  return [
    ...catalogTable(
      context,
      'http_limits',
      `${org},
      holder text collate "C" not null,
      name text collate "C" not null,
      next_at double precision not null default 0,
      blocked_until double precision not null default 0,
      factor double precision not null default 1,
      factor_at double precision not null default 0,
      epoch int not null default 0,
      used int not null default 0,
      window_start double precision not null default 0,
      holders jsonb not null default '{}',
      primary key (org_id, holder, name)`,
    ),
    ...catalogTable(
      context,
      'http_calls',
      `${org},
      id text collate "C" not null,
      at timestamptz not null,
      plugin text not null,
      connection_id text collate "C",
      run_id text collate "C",
      method text not null,
      host text not null,
      route text not null,
      status int,
      error text,
      ms double precision not null,
      attempt int not null,
      request_id text,
      primary key (org_id, id),
      ${ofOrg}`,
    ),
    `create index http_calls_of_connection on ${schema}.http_calls (org_id, connection_id, id)`,
    ...catalogTable(
      context,
      'http_metrics',
      `${org},
      plugin text collate "C" not null,
      connection_id text collate "C" not null,
      unit text not null check (unit in ('minute', 'hour')),
      bucket timestamptz not null,
      calls int not null default 0,
      refused int not null default 0,
      throttled int not null default 0,
      failed int not null default 0,
      total_ms double precision not null default 0,
      max_ms double precision not null default 0,
      primary key (org_id, plugin, connection_id, unit, bucket),
      ${ofOrg}`,
    ),
  ]
}
