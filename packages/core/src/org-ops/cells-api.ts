import type { BudgetInput, BudgetStanding, SpendLine, SpendQuery } from '../cells/budgets.service.ts'
import type { CellsRequest, CellsRunRequest } from '../cells/cell-requests.ts'
import type { CellsEstimate } from '../cells/cells.service.ts'
import type { CellExplanation } from '../cells/explain-cell.ts'
import type { CellsPreview, PreviewRequest } from '../cells/preview-cells.ts'
import type { CallOptions } from '../db/transaction.ts'
import type { Run } from '../runs/run.ts'
import type { StartOptions } from '../store/started-run.ts'
import type { Page } from '../store/tables.service.ts'

type Starting = CallOptions & StartOptions

/** Cells that plugins fill. */
export interface CellsApi {
  /**
   * What a plugin would give for up to three rows of a column that is not made yet. Without `ask` it says what is known
   * and what asking would cost; with it the plugin is asked, budgets count it, and the first run does not pay again.
   *
   * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`; `QUOTA_EXHAUSTED` for a budget that does not allow it; `UNSUPPORTED`
   * for a part that takes only lists; what the vendor says
   */
  preview(tableId: string, request: PreviewRequest, options?: CallOptions): Promise<CellsPreview>
  /** What {@link CellsApi.run} would ask for and cost, without asking the vendor: a big table is judged by a sample. */
  estimate(tableId: string, columnId: string, request?: CellsRequest, options?: CallOptions): Promise<CellsEstimate>
  /**
   * Starts a run of the kind `column` that has the plugin give cells: see `runs`. A run over few named rows goes before
   * all others.
   *
   * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `INVALID_QUERY`; `CONFLICT` for a fill that no longer fits, or the key of another run
   *
   * @example
   * const run = await acme.cells.run(leads.id, verdict.id, { which: 'stale', maxCost: 50 })
   * console.log((await acme.runs.wait(run.id)).progress.counts) // { done: 40, failed: 2 }
   */
  run(tableId: string, columnId: string, request?: CellsRunRequest, options?: Starting): Promise<Run>
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
