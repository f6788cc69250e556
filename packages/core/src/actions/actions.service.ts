import { limits } from '../catalog/limits.ts'
import { findRun, runNotFound } from '../catalog/runs.repository.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import type { CallOptions } from '../db/transaction.ts'
import { OpsError } from '../errors/ops-error.ts'
import { isOver, type Run } from '../runs/run.ts'
import { checkedRunId, getRun } from '../runs/runs.service.ts'
import { say } from '../sentences/say.ts'
import { startOperation } from '../store/operation-log.ts'
import type { OrgSession, TableWork } from '../store/org-session.ts'
import { countPlanned } from '../store/planned-rows.ts'
import { queueRun } from '../store/queue-run.ts'
import { type StartOptions, startedRun } from '../store/started-run.ts'
import { type ActionInput, actionInputSchema } from './action-input.ts'
import { type ActionRequest, chooseAction, inputOf } from './action-request.ts'
import { failedRows } from './action-rows.repository.ts'

export interface ActionEstimate {
  /** Rows that the vendor is called for. */
  readonly rows: number
  /** Rows that the condition leaves out. */
  readonly skipped: number
  readonly calls: number
  /** At most, in the part's unit; null if it costs nothing. */
  readonly cost: { readonly unit: string; readonly amount: number } | null
}

export interface ActionRetryOptions extends CallOptions, StartOptions {
  /** Takes the rows of whom nobody knows whether the vendor acted, in place of the others. @default false */
  readonly unknown?: boolean | undefined
}

/** What an action would do. @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `INVALID_QUERY` */
export async function estimateAction(
  env: ConnectionEnv,
  session: OrgSession,
  tableId: string,
  request: ActionRequest,
  options: CallOptions = {},
): Promise<ActionEstimate> {
  const chosen = await chooseAction(env, request)
  return await session.readTable(tableId, options, async (work) => {
    const { rows, condition } = await inputOf(work, chosen)
    const all = await countPlanned(work, { rows, condition: null })
    const count = condition === null ? all : await countPlanned(work, { rows, condition })
    const { part, costPerRow } = chosen
    const calls = part.batch === undefined ? count : Math.ceil(count / part.batch.maxRows)
    const cost = part.cost === undefined ? null : { unit: part.cost.unit, amount: count * (costPerRow ?? 0) }
    return { rows: count, skipped: all - count, calls, cost }
  })
}

/**
 * Starts an action for rows, as a run. Each row is called for once, and ends alone: see `log`.
 *
 * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `INVALID_QUERY`; `CONFLICT` for the key of another run
 */
export async function startAction(
  env: ConnectionEnv,
  session: OrgSession,
  tableId: string,
  request: ActionRequest,
  options: CallOptions & StartOptions = {},
): Promise<Run> {
  const chosen = await chooseAction(env, request)
  const log = startOperation(session.actor, options)
  const runId = await session.writeTable(tableId, options, async (work) => {
    const started = await startedRun(work, 'action', work.table.id, options)
    if (started !== undefined) return started
    const input = await inputOf(work, chosen)
    return await queueAction(work, input, { ...options, operation: log.operation.id })
  })
  session.wakeRun(runId)
  return await getRun(session, runId, options)
}

/**
 * Starts the action of a run once more, for the rows that have failed.
 *
 * @throws OpsError `NOT_FOUND`; `CONFLICT` while the run goes on
 */
export async function retryAction(session: OrgSession, runId: string, options: ActionRetryOptions = {}): Promise<Run> {
  const id = checkedRunId(runId)
  const former = await session.read(options, async ({ tx, org }) => {
    const run = await findRun(tx.db, org.orgId, id)
    if (run.kind !== 'action' || run.table_id === null) throw runNotFound(id)
    if (!isOver(run.state))
      throw new OpsError('CONFLICT', say('The run is {~state}: wait for it, or cancel it.', { state: run.state }))
    const { unknown = false } = options
    const rows = await failedRows(tx.db, org.orgId, id, { unknown, limit: limits.rowsPerCall })
    return { tableId: run.table_id, rows, input: actionInputSchema.parse(run.input) }
  })
  if (former.rows.length === 0)
    throw new OpsError('INVALID_INPUT', say('No row of the run has failed.'), { path: ['runId'] })
  const made = await session.writeTable(
    former.tableId,
    options,
    async (work) =>
      (await startedRun(work, 'action', work.table.id, options)) ??
      (await queueAction(work, { ...former.input, rows: { ids: former.rows } }, options)),
  )
  session.wakeRun(made)
  return await getRun(session, made, options)
}

async function queueAction(
  work: TableWork,
  input: ActionInput,
  { operation, cause, key }: StartOptions & { readonly operation?: string },
): Promise<string> {
  const { rows, condition } = input
  return await queueRun(work, {
    kind: 'action',
    tableId: work.table.id,
    input,
    total: await countPlanned(work, { rows, condition }),
    ...(operation !== undefined && { operation }),
    cause,
    key,
  })
}
