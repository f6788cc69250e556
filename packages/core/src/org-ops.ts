import type { Writable } from 'node:stream'
import type { ApiKey, ApiKeyInput, NewApiKey } from './access/api-keys.service.ts'
import type { AuditEntry, AuditHead, AuditInput, AuditQuery, AuditVerdict } from './access/audit.service.ts'
import type { ActionsApi } from './actions/actions-api.ts'
import type { ColumnInput } from './catalog/column-input.ts'
import type { Column, Table } from './catalog/table.ts'
import type { BudgetInput, BudgetStanding, SpendLine, SpendQuery } from './cells/budgets.service.ts'
import type { CellsRequest, CellsRunRequest } from './cells/cell-requests.ts'
import type { CellsEstimate } from './cells/cells.service.ts'
import type { CellExplanation } from './cells/explain-cell.ts'
import type { DeletedRow } from './changes/deleted-rows.ts'
import type { RowHistoryEntry, TableHistoryEntry } from './changes/history.service.ts'
import type { PruneOptions, PruneResult } from './changes/prune-changes.ts'
import type { ChangesPage, ChangesQuery } from './changes/read-changes.ts'
import type { RestoreResult } from './changes/restore-rows.ts'
import type { RevertOptions, RevertResult } from './changes/revert-operation.ts'
import type { UndoState } from './changes/undo.service.ts'
import type { ConnectionsApi, PluginsApi } from './connections/connections-api.ts'
import type { CallOptions } from './db/transaction.ts'
import type { SourcesApi } from './feeds/sources-api.ts'
import type { ApiCall, ApiCallSum, ApiCallSumsQuery, ApiCallsQuery } from './http/calls.service.ts'
import type { DistinctValue } from './query/distinct.ts'
import type { SchedulesApi } from './queue/schedules-api.ts'
import type { Run } from './runs/run.ts'
import type { RunLogEntry, RunsQuery } from './runs/runs.service.ts'
import type { TableAdvice } from './store/advisor/explain-advice.ts'
import type { AdvisorOptions, AdvisorReport } from './store/advisor/run-advisor.ts'
import type { BulkOptions, BulkResult, BulkTarget } from './store/bulk-rows.ts'
import type { ColumnChangesInput } from './store/column-image.ts'
import type { ForcedOptions } from './store/columns.service.ts'
import type { ConversionReport } from './store/convert-cells.ts'
import type { DeleteResult } from './store/delete-rows.ts'
import type { DuplicateOptions } from './store/duplicate-table.ts'
import type { FormulaCheck, FormulaCheckOptions } from './store/formulas/check-source.ts'
import type { FunctionsPage, FunctionsQuery } from './store/formulas/list-functions.ts'
import type { FormulaPreview, FormulaPreviewOptions } from './store/formulas/preview-formula.ts'
import type { RecomputeOptions } from './store/formulas/recompute-formulas.ts'
import type { RefreshOptions, RefreshResult } from './store/formulas/refresh-volatile.ts'
import type { InsertOptions, InsertResult, RowInput } from './store/insert-rows.ts'
import type { LoadOptions, LoadResult } from './store/load-rows.ts'
import type { LocatedRow, LocateQuery } from './store/locate-row.ts'
import type { MoveResult } from './store/move-rows.ts'
import type { WriteOptions } from './store/operation-log.ts'
import type { OrgSettings, OrgSettingsInput } from './store/org-settings.service.ts'
import type { CellsInput } from './store/prepare-cells.ts'
import type { PurgeOptions, PurgeResult } from './store/purge.ts'
import type { DistinctQuery, FindPage, FindQuery, GroupsPage } from './store/read-groups.ts'
import type { PageQuery, RowCount, WindowQuery } from './store/read-rows.ts'
import type { RetypeInput, RetypeOptions, RetypeResult } from './store/retype-column.ts'
import type { Row } from './store/row.ts'
import type { RowPlace } from './store/row-place.ts'
import type { SqlView, SqlViewOptions } from './store/sql-view.ts'
import type { ListOptions, Page, TableChangesInput, TableInput } from './store/tables.service.ts'
import type { RowUpdate, RowWriteOptions, UpdateResult } from './store/update-rows.ts'
import type { UpsertOptions, UpsertResult } from './store/upsert-rows.ts'
import type { CopyRequest } from './transfer/copy/copy-from-table.ts'
import type { CheckOptions, ImportCheck } from './transfer/import/check-import.ts'
import type { ConfirmedImport, ConfirmOptions } from './transfer/import/confirm-import.ts'
import type { ImportProposal, ProposalRequest } from './transfer/import/propose-import.ts'
import type { ImportOptions, ImportRequest } from './transfer/import/start-import.ts'
import type { ImportFile, Upload } from './transfer/import/uploads.ts'
import type { SourceInput } from './transfer/read/source.ts'
import type { ExportQuery, TableExportOptions } from './transfer/write/export-query.ts'
import type { ExportReport } from './transfer/write/export-report.ts'
import type { TableExport } from './transfer/write/table-export.ts'
import type { ViewedRow } from './views/format-rows.ts'
import type {
  CountQuery,
  ThroughView,
  ViewedGroupsQuery,
  ViewedPage,
  ViewedSummary,
  ViewedSummaryQuery,
} from './views/read-through-view.ts'
import type { View } from './views/view.ts'
import type { ViewChangesInput, ViewInput } from './views/views.service.ts'

type Writing = CallOptions & WriteOptions

/** Everything that one actor may do in one org. Made by `ops.forOrg`; costs nothing to make. */
export interface OrgOps {
  readonly orgId: string
  readonly tables: TablesApi
  readonly columns: ColumnsApi
  readonly rows: RowsApi
  readonly history: HistoryApi
  readonly changes: ChangesApi
  readonly settings: SettingsApi
  /**
   * Takes back what the actor did last, in the whole org. What others have changed since stays and is listed; an undo
   * that was interrupted goes on. Reaches as far back as the change log.
   *
   * @throws OpsError `UNDO_UNAVAILABLE`
   */
  undo(options?: RevertOptions): Promise<RevertResult>
  /**
   * Brings back what the actor undid last, until new work of theirs clears it.
   *
   * @throws OpsError `UNDO_UNAVAILABLE`
   */
  redo(options?: RevertOptions): Promise<RevertResult>
  /**
   * Takes back one operation of anybody, whatever came after it.
   *
   * @throws OpsError `NOT_FOUND`, `UNDO_UNAVAILABLE` if it is undone already
   */
  undoOperation(operationId: string, options?: RevertOptions): Promise<RevertResult>
  /** What undo and redo would do next. */
  undoState(options?: CallOptions): Promise<UndoState>
  readonly views: ViewsApi
  readonly imports: ImportsApi
  readonly cells: CellsApi
  readonly budgets: BudgetsApi
  readonly runs: RunsApi
  readonly exports: ExportsApi
  readonly keys: KeysApi
  readonly audit: AuditApi
  readonly advisor: AdvisorApi
  readonly plugins: PluginsApi
  readonly connections: ConnectionsApi
  readonly sources: SourcesApi
  readonly actions: ActionsApi
  readonly schedules: SchedulesApi
  readonly calls: CallsApi
  readonly formulas: FormulasApi
  /** Frees the space of tables and columns deleted before a moment; they can no longer be restored. */
  purge(options: PurgeOptions): Promise<PurgeResult>
}

export interface SettingsApi {
  get(options?: CallOptions): Promise<OrgSettings>
  /**
   * Changes the time zone or the locale, for every process from its next call on.
   *
   * @throws OpsError `INVALID_INPUT`
   */
  update(changes: OrgSettingsInput, options?: CallOptions): Promise<OrgSettings>
}

/** Who changed what and when, newest first, as far back as the change log goes. */
export interface HistoryApi {
  /** Also of a deleted row. */
  row(tableId: string, rowId: string, options?: ListOptions): Promise<Page<RowHistoryEntry>>
  /** @throws OpsError `NOT_FOUND` for an unknown column */
  cell(tableId: string, rowId: string, columnId: string, options?: ListOptions): Promise<Page<RowHistoryEntry>>
  table(tableId: string, options?: ListOptions): Promise<Page<TableHistoryEntry>>
}

/** The change log of the org, for whoever reacts to changes. */
export interface ChangesApi {
  /**
   * One page in the order of the log, never skipping and never repeating.
   *
   * @throws OpsError `CHANGES_PRUNED`
   */
  read(query?: ChangesQuery, options?: CallOptions): Promise<ChangesPage>
  /** Page after page as changes come, until the signal aborts. */
  follow(query?: ChangesQuery, options?: CallOptions): AsyncIterable<ChangesPage>
  /** A cursor for what comes from now on. It may begin a little earlier, never later. */
  end(options?: CallOptions): Promise<string>
  /** Deletes entries older than 90 days, or as said: how long they are kept is how far undo and history reach. */
  prune(options?: PruneOptions): Promise<PruneResult>
}

export interface TablesApi {
  /** @throws OpsError `INVALID_INPUT`, `INVALID_VALUE`, `ALREADY_EXISTS`, `LIMIT_EXCEEDED` */
  create(input: TableInput, options?: Writing): Promise<Table>
  /** @throws OpsError `NOT_FOUND` */
  get(tableId: string, options?: CallOptions): Promise<Table>
  /** Tables in the order they were made. */
  list(options?: ListOptions & { readonly deleted?: boolean | undefined }): Promise<Page<Table>>
  /** Renames or describes a table. */
  update(tableId: string, changes: TableChangesInput, options?: Writing): Promise<Table>
  /** Makes a table with the same columns and, unless `rows` is false, the same rows. */
  duplicate(tableId: string, options?: DuplicateOptions): Promise<Table>
  /**
   * Starts copying rows from another table of the org, as a run: see `runs`. Each copy has the id of its origin as `externalKey`: the
   * same call, made later, brings copies up to date, adds what is new and, if asked to, deletes what is gone. The copies
   * are rows of their own; deleting the origin harms none.
   *
   * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `INVALID_QUERY`
   */
  copyFrom(tableId: string, request: CopyRequest, options?: Writing): Promise<Run>
  /** Hides a table; `restore` brings it back with all its rows. */
  delete(tableId: string, options?: Writing): Promise<void>
  /** @throws OpsError `NOT_FOUND` if no deleted table has the id */
  restore(tableId: string, options?: Writing): Promise<Table>
  /**
   * Makes or finds a view for who reads the table by plain SQL, with the keys of its columns as names, and says what to
   * run so that a role may read it. The view follows the table; it goes when the table is deleted.
   *
   * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`
   *
   * @example
   * // What the command `opslayer sql-view <table> --org <org> --reader reporting` prints:
   * const { name, grants } = await acme.tables.sqlView(leads.id, { reader: 'reporting' })
   * console.log([`-- ${name}`, ...grants.map((grant) => `${grant};`)].join('\n'))
   */
  sqlView(tableId: string, options?: SqlViewOptions): Promise<SqlView>
}

export interface ColumnsApi {
  /**
   * Adds a column in O(1); `place` counts from 0. Cells of a formula are computed at once in a small table, in others by
   * a run of the kind `backfill` while people go on working.
   *
   * @throws OpsError `INVALID_INPUT`, `FORMULA_INVALID` with the places of its faults, `LIMIT_EXCEEDED`
   */
  create(
    tableId: string,
    input: ColumnInput,
    options?: Writing & { readonly place?: number | undefined },
  ): Promise<Column>
  /** @throws OpsError `LOCKED`, `ALREADY_EXISTS`, `UNIQUE_VIOLATION`, `FORMULA_INVALID`, `FORMULA_CYCLE` */
  update(tableId: string, columnId: string, changes: ColumnChangesInput, options?: Writing): Promise<Column>
  /** What `retype` would do, without doing it. */
  previewRetype(
    tableId: string,
    columnId: string,
    input: RetypeInput,
    options?: RetypeOptions,
  ): Promise<ConversionReport>
  /**
   * Gives a column another type, chunk by chunk while people go on working. Cells that do not convert become empty and
   * keep their text as a warning.
   *
   * @throws OpsError `LOCKED`, `INVALID_INPUT`, `COLUMN_IN_USE` naming formulas that do not fit the new type, unless `force`
   */
  retype(tableId: string, columnId: string, input: RetypeInput, options?: RetypeOptions): Promise<RetypeResult>
  /** Puts a column at a place, from 0; gives all columns in their new order. */
  move(tableId: string, columnId: string, place: number, options?: Writing): Promise<readonly Column[]>
  /**
   * Hides a column; `restore` brings it back with its cells.
   *
   * @throws OpsError `LOCKED`, `COLUMN_IN_USE` naming the formulas that read it, unless `force`: then they give `#REF!`
   */
  delete(tableId: string, columnId: string, options?: ForcedOptions): Promise<void>
  restore(tableId: string, columnId: string, options?: Writing): Promise<Column>
}

export interface RowsApi {
  /** Makes up to 5,000 rows in one transaction. */
  insert(tableId: string, rows: readonly RowInput[], options?: InsertOptions): Promise<InsertResult>
  /** Appends any number of rows by `COPY`, with bounded memory. */
  load(tableId: string, rows: AsyncIterable<RowInput> | Iterable<RowInput>, options?: LoadOptions): Promise<LoadResult>
  /** Changes cells of up to 5,000 rows in one transaction. */
  update(tableId: string, updates: readonly RowUpdate[], options?: RowWriteOptions): Promise<UpdateResult>
  /** Sets the same cells in every row that satisfies the filter. */
  updateWhere(tableId: string, filter: BulkTarget, cells: CellsInput, options?: BulkOptions): Promise<BulkResult>
  /** Updates rows that are there and makes those that are not. */
  upsert(tableId: string, rows: readonly RowInput[], options: UpsertOptions): Promise<UpsertResult>
  delete(tableId: string, rowIds: readonly string[], options?: Writing): Promise<DeleteResult>
  deleteWhere(tableId: string, filter: BulkTarget, options?: BulkOptions): Promise<BulkResult>
  /** Brings up to 5,000 deleted rows back as they were, as far back as the change log goes. */
  restore(tableId: string, rowIds: readonly string[], options?: Writing): Promise<RestoreResult>
  /** Deleted rows that can be restored, the latest first. A page may be short and yet not be the last. */
  deleted(tableId: string, options?: ListOptions): Promise<Page<DeletedRow>>
  /** Puts rows at a place in the table's own order. */
  move(tableId: string, rowIds: readonly string[], place: RowPlace, options?: Writing): Promise<MoveResult>
  /** @throws OpsError `NOT_FOUND` */
  get(tableId: string, rowId: string, options?: CallOptions): Promise<Row>
  /** Rows by id in the order asked, at most 1,000; those that are not there are left out. */
  getMany(tableId: string, rowIds: readonly string[], options?: CallOptions): Promise<readonly Row[]>
  /** One page by cursor, of the table or through a view. */
  page(tableId: string, query?: PageQuery & ThroughView, options?: CallOptions): Promise<ViewedPage>
  /** All pages, each read when it is asked for. */
  pages(tableId: string, query?: PageQuery & ThroughView, options?: CallOptions): AsyncIterable<readonly ViewedRow[]>
  /** The rows at an offset. */
  window(tableId: string, query: WindowQuery & ThroughView, options?: CallOptions): Promise<readonly ViewedRow[]>
  /** Stops at 100,000 unless `exact`. */
  count(tableId: string, query?: CountQuery, options?: CallOptions): Promise<RowCount>
  groups(tableId: string, query: ViewedGroupsQuery, options?: CallOptions): Promise<GroupsPage>
  summary(tableId: string, query: ViewedSummaryQuery, options?: CallOptions): Promise<ViewedSummary>
  /** Values of a column with their counts. */
  distinct(tableId: string, query: DistinctQuery, options?: CallOptions): Promise<readonly DistinctValue[]>
  find(tableId: string, query: FindQuery & ThroughView, options?: CallOptions): Promise<FindPage>
  /** Where a row stands in the table or in a view of it; null if it is not there. */
  locate(tableId: string, query: LocateQuery & ThroughView, options?: CallOptions): Promise<LocatedRow | null>
}

/** Saved ways to look at a table. Reads take a view's id as `view`. */
export interface ViewsApi {
  /** @throws OpsError `INVALID_INPUT`, `INVALID_QUERY`, `FORBIDDEN`, `LIMIT_EXCEEDED` */
  create(tableId: string, input: ViewInput, options?: Writing): Promise<View>
  /** @throws OpsError `NOT_FOUND`, also for another user's personal view */
  get(tableId: string, viewId: string, options?: CallOptions): Promise<View>
  /** The view of all rows (`all`), then shared, system and own personal views in their common order. */
  list(tableId: string, options?: ListOptions & { readonly deleted?: boolean | undefined }): Promise<Page<View>>
  /** @throws OpsError `CONFLICT` if the view is no longer of the `version` given, `LOCKED`, `FORBIDDEN` */
  update(tableId: string, viewId: string, changes: ViewChangesInput, options?: Writing): Promise<View>
  rename(tableId: string, viewId: string, name: string, options?: Writing): Promise<View>
  /** Makes a view of the actor's own out of any they see. */
  duplicate(
    tableId: string,
    viewId: string,
    options?: Writing & { readonly name?: string | undefined; readonly kind?: 'personal' | 'shared' | undefined },
  ): Promise<View>
  /** Puts a view at a place among those that the actor sees, from 0, behind the view of all rows. */
  move(tableId: string, viewId: string, place: number, options?: CallOptions): Promise<void>
  /** @throws OpsError `LOCKED` for a system view */
  delete(tableId: string, viewId: string, options?: Writing): Promise<void>
  /** @throws OpsError `NOT_FOUND` if no deleted view has the id */
  restore(tableId: string, viewId: string, options?: Writing): Promise<View>
}

/** Files that become rows. */
export interface ImportsApi {
  /**
   * Stores a file that is to be looked at first and imported later; what it gives stands for the file in the other
   * methods. The import that it is handed to removes it in the end.
   *
   * @throws OpsError `INVALID_INPUT`, `STORAGE_FULL`
   */
  upload(file: SourceInput, options?: { readonly name?: string | undefined }): Promise<Upload>
  /**
   * Looks at the beginning of a file and proposes how to import it: format, types, and where its columns go, as files
   * with the same headers went before. A stream can be looked at once: `upload` it.
   *
   * @throws OpsError `INVALID_INPUT` for what is no file that can be read; `NOT_FOUND`
   */
  propose(file: ImportFile, request: ProposalRequest, options?: CallOptions): Promise<ImportProposal>
  /**
   * Goes through the whole file and counts, for each column, what would not fit, with examples; gives the request back
   * with the options and types that the whole file calls for. 500,000 rows take about two seconds.
   *
   * @throws OpsError `INVALID_INPUT`, `NOT_FOUND`
   */
  confirm(file: ImportFile, request: ImportRequest, options?: ConfirmOptions): Promise<ConfirmedImport>
  /**
   * Goes through the whole file as `start` would, and writes nothing: what would be made, changed, left out and why.
   *
   * @throws OpsError as `start`
   */
  check(file: ImportFile, request: ImportRequest, options?: CheckOptions): Promise<ImportCheck>
  /**
   * Starts bringing a file into a table, as a run that survives this process: see `runs`. The table and the columns that
   * are new are made at once; with the rows they are one operation, which one undo takes back.
   *
   * A file on a disk, given by its path, is read where it lies and must stay there as it is; anything else is stored
   * first.
   *
   * @throws OpsError `INVALID_INPUT`, `NOT_FOUND`, `ALREADY_EXISTS`, `LIMIT_EXCEEDED`, `STORAGE_FULL`
   */
  start(file: ImportFile, request: ImportRequest, options?: ImportOptions): Promise<Run>
  /**
   * The rows that an import rejected, as CSV: line, column, value, reason, and the row itself under the file's own
   * headers. Corrected, it is imported like any file: `propose` leaves the first four columns out. Empty but for the
   * headers if nothing was rejected.
   *
   * @throws OpsError `NOT_FOUND`
   */
  errorFile(runId: string, options?: CallOptions): AsyncIterable<Uint8Array>
}

/** Durable pieces of work over rows: they survive the process that works on them. */
/** Cells that plugins fill. */
export interface CellsApi {
  /** What {@link CellsApi.run} would ask for and cost, without asking the vendor: a big table is judged by a sample. */
  estimate(tableId: string, columnId: string, request?: CellsRequest, options?: CallOptions): Promise<CellsEstimate>
  /**
   * Starts a run of the kind `column` that has the plugin give cells: see `runs`. A run over few named rows goes before
   * all others.
   *
   * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `INVALID_QUERY`; `CONFLICT` for a fill that no longer fits
   *
   * @example
   * const run = await acme.cells.run(leads.id, verdict.id, { which: 'stale', maxCost: 50 })
   * console.log((await acme.runs.wait(run.id)).progress.counts) // { done: 40, failed: 2 }
   */
  run(tableId: string, columnId: string, request?: CellsRunRequest, options?: Writing): Promise<Run>
  /** Where a cell is from: who was asked for what, when, at what cost, and what it is made of. */
  explain(tableId: string, rowId: string, columnId: string, options?: CallOptions): Promise<CellExplanation>
}

/** What an org may spend at vendors in a month, and what it has spent. */
export interface BudgetsApi {
  /** Sets the budget of a unit, for one plugin or all together; `perMonth: null` takes it away. Answers with all. */
  set(budget: BudgetInput, options?: CallOptions): Promise<readonly BudgetStanding[]>
  list(options?: CallOptions): Promise<readonly BudgetStanding[]>
  /** What each run has spent in a month, the newest first. */
  spend(query?: SpendQuery, options?: CallOptions): Promise<Page<SpendLine>>
}

export interface RunsApi {
  /** When it was queued, paused, resumed, ended, and why; the newest first. @throws OpsError `NOT_FOUND` */
  log(runId: string, query?: ListOptions): Promise<Page<RunLogEntry>>
  /**
   * Asks anew for the cells that a run over a column has left failed, by a new run.
   *
   * @throws OpsError `CONFLICT` while it goes on; `INVALID_INPUT` for a run of another kind
   */
  retry(runId: string, options?: Writing): Promise<Run>
  /** @throws OpsError `NOT_FOUND` */
  get(runId: string, options?: CallOptions): Promise<Run>
  /** Runs of a table, a kind, in some states; the newest first. */
  list(query?: RunsQuery): Promise<Page<Run>>
  /** Stops it after the step under way, about a second. @throws OpsError `CONFLICT` if it is over */
  pause(runId: string, options?: CallOptions): Promise<Run>
  /**
   * Lets it go on where it stopped: a paused one, a failed one once the cause is gone, one whose process was killed.
   *
   * @throws OpsError `CONFLICT` if it is over
   */
  resume(runId: string, options?: CallOptions): Promise<Run>
  /**
   * Ends it after the step under way. What it wrote stays; `undoOperation(run.operation)` takes it back.
   *
   * @throws OpsError `CONFLICT` if it is done
   */
  cancel(runId: string, options?: CallOptions): Promise<Run>
  /** The run as it is and whenever it has changed, until it is over. */
  watch(runId: string, options?: CallOptions): AsyncIterable<Run>
  /** Resolves once the run is over or paused; look at its `state`. */
  wait(runId: string, options?: CallOptions): Promise<Run>
}

/** Tables and views as files: CSV, TSV, JSON Lines, Excel. */
export interface ExportsApi {
  /**
   * All rows as they are at one moment, as a stream of bytes. Read `body` to its end, or cancel.
   *
   * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `INVALID_QUERY`, `UNSUPPORTED`
   *
   * @example
   * const { body, contentType } = await acme.exports.stream(leads.id, { format: 'csv', view: hot.id })
   * return new Response(body, { headers: { 'content-type': contentType } })
   */
  stream(tableId: string, query: ExportQuery, options?: TableExportOptions): Promise<TableExport>
  /**
   * The same, written to a stream of Node's or the web's, which is ended after it.
   *
   * @example
   * await acme.exports.writeTo(leads.id, { format: 'xlsx' }, createWriteStream('leads.xlsx'))
   */
  writeTo(
    tableId: string,
    query: ExportQuery,
    stream: Writable | WritableStream<Uint8Array>,
    options?: TableExportOptions,
  ): Promise<ExportReport>
}

/** Keys by which programs call. `ops.identityOfKey` says whose a key is. */
export interface KeysApi {
  /** The key's text is told this once. Give it no higher role than its maker's. @throws OpsError `INVALID_INPUT` */
  create(input: ApiKeyInput, options?: CallOptions): Promise<NewApiKey>
  /** Expired and revoked ones too. */
  list(options?: ListOptions): Promise<Page<ApiKey>>
  /** Ends a key, from its next call on. @throws OpsError `NOT_FOUND` */
  revoke(keyId: string, options?: CallOptions): Promise<ApiKey>
}

/** Who did, or was refused, what: beside the change log, which knows every change of rows and definitions. */
export interface AuditApi {
  /** Adds an entry in the actor's name. @throws OpsError `INVALID_INPUT` */
  add(entry: AuditInput, options?: CallOptions): Promise<AuditEntry>
  /** The newest first. */
  list(query?: AuditQuery, options?: CallOptions): Promise<Page<AuditEntry>>
  /** The whole log from its beginning. */
  export(options?: CallOptions): AsyncIterable<AuditEntry>
  /** Whether every entry is as it was written; with the `head` of an earlier check, also that none was cut off. */
  verify(known?: AuditHead | undefined, options?: CallOptions): Promise<AuditVerdict>
}

/** What plugins sent out: the API log. */
export interface CallsApi {
  /** The newest first, of the last 14 days. A call is there about a second after it was made. @throws OpsError `INVALID_INPUT` */
  list(query?: ApiCallsQuery, options?: CallOptions): Promise<Page<ApiCall>>
  /** How many and how they ended, by minute or hour. @throws OpsError `INVALID_INPUT` */
  sums(query: ApiCallSumsQuery, options?: CallOptions): Promise<readonly ApiCallSum[]>
}

/** Makes the indexes that saved views and reads ask for. */
export interface AdvisorApi {
  /**
   * Makes and drops indexes and sort keys of one table, or of all tables of the org, while others read and write. Ends
   * when the signal aborts; what is finished stays.
   */
  run(options?: AdvisorOptions): Promise<readonly AdvisorReport[]>
  /** What was made and why, its size and when it was last wanted; what the next run would do. */
  explain(tableId: string, options?: CallOptions): Promise<TableAdvice>
}

/** What the editor of formulas asks, and who looks after their results. The language: docs/formulas.md. */
export interface FormulasApi {
  /**
   * Whether a formula can be used in the table: type of its results, columns that it reads, faults with their places.
   *
   * @throws OpsError `NOT_FOUND`
   */
  check(tableId: string, source: string, options?: FormulaCheckOptions): Promise<FormulaCheck>
  /**
   * The same, and what it would give: some rows, and how many would change by a sample of 1,000. Writes nothing.
   *
   * @throws OpsError `NOT_FOUND`
   */
  preview(tableId: string, source: string, options?: FormulaPreviewOptions): Promise<FormulaPreview>
  /** The functions that formulas may call, with their documentation. */
  functions(query?: FunctionsQuery): Promise<FunctionsPage>
  /**
   * Has formulas computed anew in every row, or what is not yet computed: by a run of the kind `backfill`, small tables
   * at once.
   *
   * @throws OpsError `NOT_FOUND`, `INVALID_INPUT` for a column that people fill
   */
  recompute(tableId: string, options?: RecomputeOptions): Promise<void>
  /**
   * Brings results that change with time (TODAY, NOW) up to date where they are older than their unit: of one table, or
   * of all. Reads set it off by themselves; a host calls it on a schedule for tables that nobody reads.
   */
  refresh(options?: RefreshOptions): Promise<RefreshResult>
}
