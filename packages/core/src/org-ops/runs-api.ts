import type { CallOptions } from '../db/transaction.ts'
import type { Run } from '../runs/run.ts'
import type { RunLogEntry, RunsQuery } from '../runs/runs.service.ts'
import type { StartOptions } from '../store/started-run.ts'
import type { ListOptions, Page } from '../store/tables.service.ts'

type Starting = CallOptions & StartOptions

export interface RunsApi {
  /** When it was queued, paused, resumed, ended, and why; the newest first. @throws OpsError `NOT_FOUND` */
  log(runId: string, query?: ListOptions): Promise<Page<RunLogEntry>>
  /**
   * Asks anew for the cells that a run over a column has left failed, by a new run.
   *
   * @throws OpsError `CONFLICT` while it goes on; `INVALID_INPUT` for a run of another kind
   */
  retry(runId: string, options?: Starting): Promise<Run>
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
