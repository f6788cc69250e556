import type { CallOptions } from '../db/transaction.ts'
import type { Run } from '../runs/run.ts'
import type { StartOptions } from '../store/started-run.ts'
import type { Page } from '../store/tables.service.ts'
import type { ActionEntry, ActionLogQuery } from './action-log.ts'
import type { ActionRequest } from './action-request.ts'
import type { ActionEstimate, ActionRetryOptions } from './actions.service.ts'

/** What plugins do for rows in the outside world: writing to somebody, adding to a list, calling an address. */
export interface ActionsApi {
  /** How many rows, calls and credits it would take. @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `INVALID_QUERY` */
  estimate(tableId: string, request: ActionRequest, options?: CallOptions): Promise<ActionEstimate>
  /**
   * Starts it as a run of the kind `action`: see `runs`. Rows end alone. What was cut off by a crash is called for again
   * where the action says that this does no harm; else its rows fail with `OUTCOME_UNKNOWN`, for a person to look at. With a
   * `key` it may be sent again when no answer came: it gives the run that the key has started.
   *
   * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `INVALID_QUERY`; `CONFLICT` for the key of another run
   */
  start(tableId: string, request: ActionRequest, options?: CallOptions & StartOptions): Promise<Run>
  /** Starts it once more, for up to 5,000 rows that have failed. @throws OpsError `NOT_FOUND`, `CONFLICT`, `INVALID_INPUT` */
  retry(runId: string, options?: ActionRetryOptions): Promise<Run>
  /** What a run did, row by row. @throws OpsError `NOT_FOUND` */
  log(runId: string, query?: ActionLogQuery): Promise<Page<ActionEntry>>
}
