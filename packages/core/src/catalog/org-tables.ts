import type { Database } from '../db/database.ts'

export type OrgTable = keyof Database

/** What the life of an org needs to know of a catalog table. */
interface OrgTableFacts {
  /** The members of its primary key beside `org_id`. */
  readonly key: readonly string[]
  /**
   * Whether an archive of the org holds it. What the index advisor has made, the next one makes anew; runs are work of
   * the place where they run; secrets never leave it, and connections are nothing without them.
   */
  readonly archived: boolean
  /** Members that an import leaves at their defaults. */
  readonly made?: readonly string[]
}

/** Every table of the catalog, each after those that it refers to. */
export const orgTables: Readonly<Record<OrgTable, OrgTableFacts>> = {
  orgs: {
    key: [],
    archived: true,
    made: ['short_id', 'state', 'revision', 'own_role', 'schema_version'],
  },
  tables: { key: ['id'], archived: true },
  columns: { key: ['id'], archived: true, made: ['search_indexed'] },
  views: { key: ['id'], archived: true },
  indexes: { key: ['table_id', 'name'], archived: false },
  query_samples: { key: ['table_id', 'shape'], archived: true },
  import_mappings: { key: ['table_id', 'fingerprint'], archived: true },
  runs: { key: ['id'], archived: false },
  http_limits: { key: ['holder', 'name'], archived: false },
  http_calls: { key: ['id'], archived: false },
  http_metrics: { key: ['plugin', 'connection_id', 'unit', 'bucket'], archived: false },
  run_log: { key: ['run_id', 'number'], archived: false },
  run_outputs: { key: ['run_id', 'part'], archived: false },
  cell_cache: { key: ['key'], archived: false },
  budgets: { key: ['unit', 'plugin'], archived: true },
  spend: { key: ['run_id', 'month', 'unit'], archived: true },
  secret_keys: { key: ['id'], archived: false },
  secrets: { key: ['holder', 'row_id', 'field'], archived: false },
  connections: { key: ['id'], archived: false },
  oauth_flows: { key: ['id'], archived: false },
  webhook_subscriptions: { key: ['connection_id', 'webhook'], archived: false },
  webhook_events: { key: ['id'], archived: false },
  webhook_deliveries: { key: ['id'], archived: false },
  action_rows: { key: ['run_id', 'row_id'], archived: false },
  schedules: { key: ['id'], archived: false },
  feeds: { key: ['id'], archived: false },
  api_keys: { key: ['id'], archived: false },
  audit: { key: ['seq'], archived: true },
}

export const orgTableNames = Object.keys(orgTables) as readonly OrgTable[]
