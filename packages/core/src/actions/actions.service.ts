import * as z from 'zod'
import { limits } from '../catalog/limits.ts'
import { findRun, runNotFound } from '../catalog/runs.repository.ts'
import { findColumn } from '../catalog/table-definition.ts'
import { checkConnectionGiven } from '../connections/call-part.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import { checkedConnectionId } from '../connections/connection-id.ts'
import { connectionNotFound, findConnection } from '../connections/connections.repository.ts'
import { checkedSettings, findPart } from '../connections/find-part.ts'
import type { ActionRowState } from '../db/tables/actions.db.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import type { AnyActionPart } from '../plugin/action-part.ts'
import { formOf } from '../plugin/form-of.ts'
import { checkFilter } from '../query/check-filter.ts'
import type { Filter } from '../query/filter.ts'
import { isOver, type Run } from '../runs/run.ts'
import { checkedRunId, getRun } from '../runs/runs.service.ts'
import { startOperation, type WriteOptions } from '../store/operation-log.ts'
import type { OrgSession, TableWork } from '../store/org-session.ts'
import { countPlanned } from '../store/planned-rows.ts'
import { queryTableOf } from '../store/query-table-of.ts'
import { queueRun } from '../store/queue-run.ts'
import { rowIdSchema } from '../store/row-id.ts'
import type { ListOptions, Page } from '../store/tables.service.ts'
import type { Json } from '../values/json.ts'
import { type ActionInput, actionInputSchema } from './action-input.ts'
import { failedRows, listActionRows } from './action-rows.repository.ts'

const sourceSchema = z.union([z.strictObject({ column: z.string().max(300) }), z.strictObject({ value: z.json() })], {
  error: 'An input is { column } or { value }.',
})

export const actionRequestSchema = z
  .strictObject({
    plugin: z.string().max(60),
    part: z.string().max(60),
    connectionId: z.string().max(60).nullable().optional(),
    settings: z.record(z.string().max(100), z.json()).default({}),
    inputs: z.record(z.string().max(100), sourceSchema),
    rows: z.array(rowIdSchema).min(1).max(limits.rowsPerCall).optional(),
    filter: z.custom<Filter>().optional(),
    condition: z.custom<Filter>().optional(),
    output: z.record(z.string().max(100), z.string().max(300)).default({}),
  })
  .refine(({ rows, filter }) => rows === undefined || filter === undefined, 'Say either `rows` or `filter`.')

/** An action, and the rows that it is for. */
export interface ActionRequest {
  readonly plugin: string
  readonly part: string
  /** Left out for plugins that need none. */
  readonly connectionId?: string | null | undefined
  /** By the fields of the part's form: what is the same for all rows. @default {} */
  readonly settings?: Readonly<Record<string, Json>> | undefined
  /** Where the part's inputs come from: a column by id or key, or one value for all rows. */
  readonly inputs: Readonly<Record<string, { readonly column: string } | { readonly value: Json }>>
  /** Ids of the rows, at most 5,000. @default those that satisfy `filter` */
  readonly rows?: readonly string[] | undefined
  /** @default every row */
  readonly filter?: Filter | undefined
  /** Rows that do not satisfy it are left out. @default none */
  readonly condition?: Filter | undefined
  /** Which column takes what comes back, by key of the part's output. @default nothing is kept but the log */
  readonly output?: Readonly<Record<string, string>> | undefined
}

export interface ActionEstimate {
  /** Rows that the vendor is called for. */
  readonly rows: number
  /** Rows that the condition leaves out. */
  readonly skipped: number
  readonly calls: number
  /** At most, in the part's unit; null if it costs nothing. */
  readonly cost: { readonly unit: string; readonly amount: number } | null
}

/** What an action run did for one row. */
export interface ActionEntry {
  readonly rowId: string
  /** `calling`: under way, or the process was killed. */
  readonly state: ActionRowState
  /** Of a failure: `OUTCOME_UNKNOWN` where a call was cut off that must not be made twice. */
  readonly code: string | null
  readonly message: string | null
  readonly output: Json
  readonly cost: number | null
  readonly at: string
}

export interface ActionLogQuery extends ListOptions {
  /** @default all */
  readonly states?: readonly ActionRowState[] | undefined
  readonly codes?: readonly string[] | undefined
}

export interface ActionRetryOptions extends CallOptions, WriteOptions {
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
 * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `INVALID_QUERY`
 */
export async function startAction(
  env: ConnectionEnv,
  session: OrgSession,
  tableId: string,
  request: ActionRequest,
  options: CallOptions & WriteOptions = {},
): Promise<Run> {
  const chosen = await chooseAction(env, request)
  const log = startOperation(session.actor, options)
  const runId = await session.writeTable(tableId, options, async (work) => {
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
    if (!isOver(run.state)) throw new OpsError('CONFLICT', `The run is ${run.state}: wait for it, or cancel it.`)
    const { unknown = false } = options
    const rows = await failedRows(tx.db, org.orgId, id, { unknown, limit: limits.rowsPerCall })
    return { tableId: run.table_id, rows, input: actionInputSchema.parse(run.input) }
  })
  if (former.rows.length === 0)
    throw new OpsError('INVALID_INPUT', 'No row of the run has failed.', { path: ['runId'] })
  const made = await session.writeTable(former.tableId, options, (work) =>
    queueAction(work, { ...former.input, rows: { ids: former.rows } }, options),
  )
  session.wakeRun(made)
  return await getRun(session, made, options)
}

/** What a run did, row by row in the order of their ids. @throws OpsError `NOT_FOUND` */
export async function actionLog(
  session: OrgSession,
  runId: string,
  query: ActionLogQuery = {},
): Promise<Page<ActionEntry>> {
  const id = checkedRunId(runId)
  const { states, codes, cursor, limit } = checkInput(actionLogSchema, {
    states: query.states,
    codes: query.codes,
    cursor: query.cursor,
    limit: query.limit,
  })
  return await session.read(query, async ({ tx, org }) => {
    const run = await findRun(tx.db, org.orgId, id)
    if (run.kind !== 'action') throw runNotFound(id)
    const page = { after: cursor ?? '0', limit: limit + 1 }
    const found = await listActionRows(tx.db, org.orgId, id, { states, codes }, page)
    const items = found.slice(0, limit).map(({ row_id: rowId, state, code, message, output, cost, at }) => {
      return { rowId: String(rowId), state, code, message, output, cost, at }
    })
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.rowId ?? null) : null }
  })
}

export const actionLogSchema = z.object({
  states: z.array(z.enum(['calling', 'done', 'failed', 'skipped'])).optional(),
  codes: z.array(z.string().max(60)).max(50).optional(),
  cursor: rowIdSchema.optional(),
  limit: z.int().min(1).max(limits.itemsPerPage).default(100),
})

async function queueAction(
  work: TableWork,
  input: ActionInput,
  { operation, cause }: WriteOptions & { readonly operation?: string },
): Promise<string> {
  const { rows, condition } = input
  return await queueRun(work, {
    kind: 'action',
    tableId: work.table.id,
    input,
    total: await countPlanned(work, { rows, condition }),
    ...(operation !== undefined && { operation }),
    cause,
  })
}

/** A request that its plugin takes. */
interface ChosenAction {
  readonly request: z.output<typeof actionRequestSchema>
  readonly part: AnyActionPart
  readonly version: string
  readonly connectionId: string | null
  readonly costPerRow: number | null
}

async function chooseAction(env: ConnectionEnv, given: ActionRequest): Promise<ChosenAction> {
  const request = checkInput(actionRequestSchema, given)
  const plugin = env.plugins.get(request.plugin)
  const part = findPart(plugin, 'actions', request.part)
  const settings = await checkedSettings(plugin, part, request.settings)
  const connectionId = request.connectionId ?? null
  checkConnectionGiven(plugin, connectionId)
  checkInputs(part, request)
  const perItem = part.cost?.perItem
  const costPerRow = typeof perItem === 'function' ? perItem(settings) : (perItem ?? null)
  const id = connectionId === null ? null : checkedConnectionId(connectionId)
  return { request, part, version: plugin.version, connectionId: id, costPerRow }
}

function checkInputs(part: AnyActionPart, { inputs, output }: ChosenAction['request']): void {
  const fields = formOf(part.inputs).fields
  const unknown = Object.keys(inputs).find((key) => fields.every((field) => field.key !== key))
  if (unknown !== undefined)
    throw new OpsError('INVALID_INPUT', `The action has no input "${unknown}".`, { path: ['inputs', unknown] })
  const missing = fields.find(({ key, required }) => required && !Object.hasOwn(inputs, key))
  if (missing !== undefined)
    throw new OpsError('INVALID_INPUT', `Say where "${missing.label}" comes from.`, { path: ['inputs', missing.key] })
  const outputs = formOf(part.output).fields
  const nowhere = Object.keys(output).find((key) => outputs.every((field) => field.key !== key))
  if (nowhere === undefined) return
  throw new OpsError('INVALID_INPUT', `The action gives nothing called "${nowhere}".`, { path: ['output', nowhere] })
}

async function inputOf(work: TableWork, chosen: ChosenAction): Promise<ActionInput> {
  const { request, part, version, connectionId, costPerRow } = chosen
  const { tx, org, table, context } = work
  if (connectionId !== null) {
    const { plugin } = await findConnection(tx.db, org.orgId, connectionId)
    if (plugin !== request.plugin) throw connectionNotFound(connectionId)
  }
  for (const filter of [request.filter, request.condition])
    if (filter !== undefined) checkFilter(filter, queryTableOf(work), context)
  const inputs = Object.entries(request.inputs).map(([key, source]) => {
    return [key, 'column' in source ? { column: findColumn(table, source.column).id } : source] as const
  })
  const output = Object.entries(request.output).map(([key, given]) => {
    const column = findColumn(table, given)
    if (column.formula === null) return [key, column.id] as const
    throw new OpsError('INVALID_INPUT', `${column.name} is computed by its formula: nothing can be written there.`, {
      path: ['output', key],
    })
  })
  return {
    plugin: request.plugin,
    version,
    part: part.id,
    connectionId,
    settings: request.settings,
    inputs: Object.fromEntries(inputs),
    rows: request.rows === undefined ? { filter: request.filter ?? null } : { ids: request.rows },
    condition: request.condition ?? null,
    output: Object.fromEntries(output),
    costPerRow,
  }
}
