import type { CallOptions } from '../db/transaction.ts'
import type { TableAdvice } from '../store/advisor/explain-advice.ts'
import type { AdvisorOptions, AdvisorReport } from '../store/advisor/run-advisor.ts'

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
