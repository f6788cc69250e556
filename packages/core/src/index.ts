/*
 * The words of this package:
 * host      the app that embeds opslayer
 * org       one tenant of the host, named by an opaque text id
 * actor     who acts: user, rule, plugin, copilot, system
 * table, column, row, cell    as users see them; a system column (`_id`, `_position` …) is ours
 * column type    what cells of a column hold: how they are read, shown, compared, filtered, summed up
 * view      filter, sorts, grouping, column order and width, formatting rules, summaries
 * operation one thing that an actor did: the unit of undo
 * run       one durable, resumable piece of work over rows
 * change    entry of the change log: what was written, by whom, caused by what
 */
export type { ApiKey, ApiKeyInput, KeyIdentity, NewApiKey } from './access/api-keys.service.ts'
export type { AuditEntry, AuditHead, AuditInput, AuditQuery, AuditVerdict } from './access/audit.service.ts'
export type { ActionEntry, ActionLogQuery } from './actions/action-log.ts'
export type { ActionRequest } from './actions/action-request.ts'
export type { ActionEstimate, ActionRetryOptions } from './actions/actions.service.ts'
export type { ActionsApi } from './actions/actions-api.ts'
export type { Actor } from './catalog/actor.ts'
export type { ColumnInput } from './catalog/column-input.ts'
export type { ColumnFill, FillInput, FillLimits, FillSource } from './catalog/fill-definition.ts'
export { limits } from './catalog/limits.ts'
export type { Column, ColumnFormula, ColumnRule, Table } from './catalog/table.ts'
export type { Budget, BudgetInput, BudgetStanding, SpendLine, SpendQuery } from './cells/budgets.service.ts'
export type { CellsRequest, CellsRunRequest } from './cells/cell-requests.ts'
export type { CellsEstimate } from './cells/cells.service.ts'
export type { CellExplanation } from './cells/explain-cell.ts'
export type { CellPreview, CellsPreview, PreviewRequest } from './cells/preview-cells.ts'
export type { CellChange } from './changes/cell-changes.ts'
export type { Change, ChangedRows } from './changes/change.ts'
export type { ChangedPlace, ChangedRow } from './changes/changed-row.ts'
export type { DeletedRow } from './changes/deleted-rows.ts'
export type { HistoryEntry, RowHistoryEntry, TableHistoryEntry } from './changes/history.service.ts'
export type { PruneOptions, PruneResult } from './changes/prune-changes.ts'
export type { ChangesPage, ChangesQuery } from './changes/read-changes.ts'
export type { RestoreResult } from './changes/restore-rows.ts'
export type { RevertOptions, RevertResult } from './changes/revert-operation.ts'
export type { UndoState, UndoStep } from './changes/undo.service.ts'
export type { Connection, ConnectionName } from './connections/connection.ts'
export type { ConnectInput, ConnectionsQuery } from './connections/connections.service.ts'
export type { ConnectionsApi, PluginsApi } from './connections/connections-api.ts'
export type { OptionsInput } from './connections/load-options.ts'
export type { OAuthBeginning, OAuthInput } from './connections/oauth/begin-oauth.ts'
export type { FinishedOAuth, OAuthReturn } from './connections/oauth/finish-oauth.ts'
export type { Delivery } from './connections/webhooks/deliveries.service.ts'
export type { VendorEvent } from './connections/webhooks/events.service.ts'
export type { IncomingWebhook } from './connections/webhooks/receive-webhook.ts'
export type { HookAddress } from './connections/webhooks/subscribe.ts'
export type { PluginOptions } from './create-connection-env.ts'
export { createOps, type OpsOptions } from './create-ops.ts'
export type { DatabaseFacts } from './db/database-facts.ts'
export { type DatabaseInput, type EmbeddedDirectory, embedded } from './db/database-input.ts'
export type { DatabaseRouter } from './db/databases.ts'
export type { CatalogFault } from './db/lint-catalog.ts'
export type { MigrationReport, MigrationStatus } from './db/migrate.ts'
export type { PgClient, PgPool, PgQuery, PgResult } from './db/pool.ts'
export type { CallOptions } from './db/transaction.ts'
export { errorCodes, type OpsErrorCode } from './errors/error-codes.ts'
export { isOpsError, OpsError, type OpsErrorPath, type OpsIssue } from './errors/ops-error.ts'
export type { Feed } from './feeds/feed.ts'
export type { FeedChanges, FeedInput, FeedsQuery } from './feeds/feeds.service.ts'
export type { SourcePreview } from './feeds/preview-source.ts'
export type { SourceProblem } from './feeds/source-input.ts'
export type { SourcesApi } from './feeds/sources-api.ts'
export type { SourceChoice, SourceRequest } from './feeds/start-source.ts'
export type { SyncOptions } from './feeds/sync-feed.ts'
export type { ApiCall, ApiCallSum, ApiCallSumsQuery, ApiCallsQuery } from './http/calls.service.ts'
export type { CloseOptions, DatabaseMigration, DatabaseStatus, Ops } from './ops.ts'
export type { AuditApi, KeysApi } from './org-ops/access-api.ts'
export type { AdvisorApi } from './org-ops/advisor-api.ts'
export type { CallsApi } from './org-ops/calls-api.ts'
export type { BudgetsApi, CellsApi } from './org-ops/cells-api.ts'
export type { ColumnsApi } from './org-ops/columns-api.ts'
export type { ExportsApi } from './org-ops/exports-api.ts'
export type { FormulasApi } from './org-ops/formulas-api.ts'
export type { ChangesApi, HistoryApi } from './org-ops/history-api.ts'
export type { ImportsApi } from './org-ops/imports-api.ts'
export type { OrgOps } from './org-ops/org-ops.ts'
export type { RowsApi } from './org-ops/rows-api.ts'
export type { RunsApi } from './org-ops/runs-api.ts'
export type { SettingsApi } from './org-ops/settings-api.ts'
export type { TablesApi } from './org-ops/tables-api.ts'
export type { ViewsApi } from './org-ops/views-api.ts'
export type { Form, FormChoice, FormField } from './plugin/form.ts'
export type { FieldOption } from './plugin/options-loader.ts'
export type { PluginManifest } from './plugin/plugin-manifest.ts'
export type { Aggregate, AggregateValue } from './query/aggregate.ts'
export type { CellState } from './query/cell-state.ts'
export type { DistinctValue } from './query/distinct.ts'
export type { Filter } from './query/filter.ts'
export type { GroupBy, GroupPeriod } from './query/group-by.ts'
export type { Sort, SortDirection } from './query/sort.ts'
export type { Schedule } from './queue/schedule.ts'
export type { What } from './queue/scheduled-work.ts'
export type { NextRunsQuery, ScheduleChanges, ScheduleInput } from './queue/schedules.service.ts'
export type { SchedulesApi } from './queue/schedules-api.ts'
export type { Run, RunProgress } from './runs/run.ts'
export type { Worker, WorkerOptions } from './runs/run-worker.ts'
export type { RunLogEntry, RunsQuery } from './runs/runs.service.ts'
export type { EncryptionKey, KeyService } from './secrets/encryption-key.ts'
export type { RotationResult } from './secrets/rotate-secrets.ts'
export type { IndexDescription, PresentIndex, TableAdvice } from './store/advisor/explain-advice.ts'
export type { AdvisorOptions, AdvisorReport } from './store/advisor/run-advisor.ts'
export type { BulkOptions, BulkResult, BulkTarget } from './store/bulk-rows.ts'
export type { CellStatus } from './store/cell-status.ts'
export type { ColumnChangesInput } from './store/column-image.ts'
export type { ForcedOptions } from './store/columns.service.ts'
export type { ConversionReport } from './store/convert-cells.ts'
export type { DeleteResult } from './store/delete-rows.ts'
export type { DuplicateOptions } from './store/duplicate-table.ts'
export type { EraseResult } from './store/erase-org.ts'
export type { CellFailure } from './store/formulas/cell-outcome.ts'
export type { FormulaCheck, FormulaCheckOptions } from './store/formulas/check-source.ts'
export type { FunctionsPage, FunctionsQuery } from './store/formulas/list-functions.ts'
export type { FormulaPreview, FormulaPreviewOptions, PreviewedCell } from './store/formulas/preview-formula.ts'
export type { RecomputeOptions } from './store/formulas/recompute-formulas.ts'
export type { RefreshOptions, RefreshResult } from './store/formulas/refresh-volatile.ts'
export type { InsertedRow, InsertOptions, InsertResult, RowInput, RowSource } from './store/insert-rows.ts'
export type { LoadOptions, LoadResult } from './store/load-rows.ts'
export type { LocatedRow, LocateQuery } from './store/locate-row.ts'
export type { Cause, ChangeKind, OperationRole } from './store/log-entry.ts'
export type { Maintenance, MaintenanceOptions, MaintenanceVisit } from './store/maintenance/maintenance.ts'
export type { OrgSchemasStatus } from './store/migrate-orgs.ts'
export type { MoveResult } from './store/move-rows.ts'
export type { WriteOptions } from './store/operation-log.ts'
export type { ExportOptions } from './store/org-archive/export-org.ts'
export type { ImportResult } from './store/org-archive/import-org.ts'
export type { ArchiveSource } from './store/org-archive/read-archive.ts'
export type { OrgSettings, OrgSettingsInput } from './store/org-settings.service.ts'
export type { CellError, CellsInput, OnInvalid } from './store/prepare-cells.ts'
export type { PurgeOptions, PurgeResult } from './store/purge.ts'
export type {
  DistinctQuery,
  FindPage,
  FindQuery,
  Group,
  GroupsPage,
  GroupsQuery,
  Summary,
  SummaryQuery,
} from './store/read-groups.ts'
export type { PageQuery, RowCount, RowsPage, RowsQuery, WindowQuery } from './store/read-rows.ts'
export type { RetypeInput, RetypeOptions, RetypeResult } from './store/retype-column.ts'
export type { RevertConflict, RevertConflictReason } from './store/revert-report.ts'
export type { CellWarning, Row } from './store/row.ts'
export type { RowPlace } from './store/row-place.ts'
export type { SqlView, SqlViewOptions } from './store/sql-view.ts'
export type { StartOptions } from './store/started-run.ts'
export type { Access, TableAccess } from './store/table-access.ts'
export type { ListOptions, Page, TableChangesInput, TableInput } from './store/tables.service.ts'
export type { RowUpdate, RowWriteOptions, UpdateResult } from './store/update-rows.ts'
export type { UpdateOutcome } from './store/update-statement.ts'
export type { UpsertedRow, UpsertOptions, UpsertResult } from './store/upsert-rows.ts'
export type { CopyRequest } from './transfer/copy/copy-from-table.ts'
export type { FileStore, StoredFile } from './transfer/file-store.ts'
export type { CheckOptions, ImportCheck } from './transfer/import/check-import.ts'
export type { ConfirmedImport, ConfirmOptions } from './transfer/import/confirm-import.ts'
export type { FileColumn, ImportProposal, ProposalRequest } from './transfer/import/propose-import.ts'
export type { ImportOptions, ImportRequest } from './transfer/import/start-import.ts'
export type { ImportFile, Upload } from './transfer/import/uploads.ts'
export type { ByteStream, ReopenableSource, SourceInput } from './transfer/read/source.ts'
export type { ConfirmedColumn, MisfitCell } from './transfer/understand/confirm-plan.ts'
export type {
  DelimitedExport,
  ExportQuery,
  JsonLinesExport,
  TableExportOptions,
  WorkbookExport,
} from './transfer/write/export-query.ts'
export type { ExportReport } from './transfer/write/export-report.ts'
export type { TableExport } from './transfer/write/table-export.ts'
export * from './values/index.ts'
export type { RowFormats, ViewedRow } from './views/format-rows.ts'
export type {
  CountQuery,
  ThroughView,
  UnsavedView,
  ViewedGroupsQuery,
  ViewedPage,
  ViewedSummary,
  ViewedSummaryQuery,
} from './views/read-through-view.ts'
export type { ViewIssue } from './views/usable-definition.ts'
export type { View, ViewKind } from './views/view.ts'
export type {
  FormatRule,
  RowHeight,
  ViewColumn,
  ViewDefinition,
  ViewDefinitionInput,
} from './views/view-definition.ts'
export type { ViewStyle } from './views/view-style.ts'
export type { ViewChangesInput, ViewInput } from './views/views.service.ts'
