import type { FormulaCheck, FormulaCheckOptions } from '../store/formulas/check-source.ts'
import type { FunctionsPage, FunctionsQuery } from '../store/formulas/list-functions.ts'
import type { FormulaPreview, FormulaPreviewOptions } from '../store/formulas/preview-formula.ts'
import type { RecomputeOptions } from '../store/formulas/recompute-formulas.ts'
import type { RefreshOptions, RefreshResult } from '../store/formulas/refresh-volatile.ts'

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
