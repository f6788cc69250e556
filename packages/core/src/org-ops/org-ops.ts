import type { ActionsApi } from '../actions/actions-api.ts'
import type { RevertOptions, RevertResult } from '../changes/revert-operation.ts'
import type { UndoState } from '../changes/undo.service.ts'
import type { ConnectionsApi, PluginsApi } from '../connections/connections-api.ts'
import type { CallOptions } from '../db/transaction.ts'
import type { SourcesApi } from '../feeds/sources-api.ts'
import type { SchedulesApi } from '../queue/schedules-api.ts'
import type { PurgeOptions, PurgeResult } from '../store/purge.ts'
import type { AuditApi, KeysApi } from './access-api.ts'
import type { AdvisorApi } from './advisor-api.ts'
import type { CallsApi } from './calls-api.ts'
import type { BudgetsApi, CellsApi } from './cells-api.ts'
import type { ColumnsApi } from './columns-api.ts'
import type { ExportsApi } from './exports-api.ts'
import type { FormulasApi } from './formulas-api.ts'
import type { ChangesApi, HistoryApi } from './history-api.ts'
import type { ImportsApi } from './imports-api.ts'
import type { RowsApi } from './rows-api.ts'
import type { RunsApi } from './runs-api.ts'
import type { SettingsApi } from './settings-api.ts'
import type { TablesApi } from './tables-api.ts'
import type { ViewsApi } from './views-api.ts'

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
