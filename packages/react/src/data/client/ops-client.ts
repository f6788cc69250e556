import type { ActionsCalls } from './actions-calls.ts'
import type { BudgetsCalls } from './budgets-calls.ts'
import type { CellsCalls } from './cells-calls.ts'
import type { FormulasCalls } from './formulas-calls.ts'
import type { HistoryCalls, UndoCalls } from './history-calls.ts'
import type { ImportsCalls } from './imports-calls.ts'
import type { LiveCalls } from './live-calls.ts'
import type { ConnectionsCalls, PluginsCalls } from './plugins-calls.ts'
import type { RowsCalls } from './rows-calls.ts'
import type { RunsCalls } from './runs-calls.ts'
import type { SchedulesCalls } from './schedules-calls.ts'
import type { SourcesCalls } from './sources-calls.ts'
import type { ColumnsCalls, TablesCalls } from './tables-calls.ts'
import type { ViewsCalls } from './views-calls.ts'

/** What is used of the host's tRPC client: `createTRPCClient<OpsRouter>(…)` fits. */
export interface OpsClient {
  readonly tables: TablesCalls
  readonly columns: ColumnsCalls
  readonly rows: RowsCalls
  readonly views: ViewsCalls
  readonly history: HistoryCalls
  readonly undo: UndoCalls
  readonly live: LiveCalls
  readonly formulas: FormulasCalls
  readonly imports: ImportsCalls
  readonly runs: RunsCalls
  readonly plugins: PluginsCalls
  readonly connections: ConnectionsCalls
  readonly cells: CellsCalls
  readonly budgets: BudgetsCalls
  readonly actions: ActionsCalls
  readonly sources: SourcesCalls
  readonly schedules: SchedulesCalls
}
