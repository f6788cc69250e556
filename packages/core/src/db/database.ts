import type { ApiKeysTable, AuditTable } from './tables/access.db.ts'
import type { ActionRowsTable } from './tables/actions.db.ts'
import type { IndexesTable, QuerySamplesTable } from './tables/advice.db.ts'
import type { BudgetsTable, CellCacheTable, SpendTable } from './tables/cells.db.ts'
import type { ColumnsTable } from './tables/columns.db.ts'
import type {
  ConnectionsTable,
  OAuthFlowsTable,
  WebhookDeliveriesTable,
  WebhookEventsTable,
  WebhookSubscriptionsTable,
} from './tables/connections.db.ts'
import type { FeedsTable } from './tables/feeds.db.ts'
import type { HttpCallsTable, HttpLimitsTable, HttpMetricsTable } from './tables/http.db.ts'
import type { ImportMappingsTable } from './tables/import-mappings.db.ts'
import type { OrgsTable } from './tables/orgs.db.ts'
import type { RunLogTable, RunOutputsTable, RunsTable } from './tables/runs.db.ts'
import type { SchedulesTable } from './tables/schedules.db.ts'
import type { SecretKeysTable, SecretsTable } from './tables/secrets.db.ts'
import type { TablesTable } from './tables/tables.db.ts'
import type { ViewsTable } from './tables/views.db.ts'

/** The tables of the catalog schema. Bulk data lies in the orgs' own schemas, which Kysely knows nothing of. */
export interface Database {
  orgs: OrgsTable
  tables: TablesTable
  columns: ColumnsTable
  views: ViewsTable
  indexes: IndexesTable
  query_samples: QuerySamplesTable
  import_mappings: ImportMappingsTable
  runs: RunsTable
  http_limits: HttpLimitsTable
  http_calls: HttpCallsTable
  http_metrics: HttpMetricsTable
  run_outputs: RunOutputsTable
  run_log: RunLogTable
  cell_cache: CellCacheTable
  budgets: BudgetsTable
  spend: SpendTable
  secret_keys: SecretKeysTable
  secrets: SecretsTable
  connections: ConnectionsTable
  oauth_flows: OAuthFlowsTable
  webhook_subscriptions: WebhookSubscriptionsTable
  webhook_deliveries: WebhookDeliveriesTable
  webhook_events: WebhookEventsTable
  feeds: FeedsTable
  action_rows: ActionRowsTable
  schedules: SchedulesTable
  api_keys: ApiKeysTable
  audit: AuditTable
}
