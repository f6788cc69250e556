import * as z from 'zod'
import { type FillSource, sourceShape } from '../catalog/fill-definition.ts'
import { jsonRecordSchema } from '../catalog/json-input.ts'
import { limits } from '../catalog/limits.ts'
import { findColumn, refuseMissingType } from '../catalog/table-definition.ts'
import { checkConnectionGiven } from '../connections/call-part.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import { checkedConnectionId } from '../connections/connection-id.ts'
import { connectionNotFound, findConnection } from '../connections/connections.repository.ts'
import { checkedSettings, findPart } from '../connections/find-part.ts'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import type { AnyActionPart } from '../plugin/action-part.ts'
import { formOf } from '../plugin/form-of.ts'
import { checkFilter } from '../query/check-filter.ts'
import type { Filter } from '../query/filter.ts'
import { say } from '../sentences/say.ts'
import { storedInput } from '../store/filled/define-fill.ts'
import type { TableWork } from '../store/org-session.ts'
import { queryTableOf } from '../store/query-table-of.ts'
import { rowIdSchema } from '../store/row-id.ts'
import type { Json } from '../values/json.ts'
import { filterOfView } from '../views/read-through-view.ts'
import type { ActionInput } from './action-input.ts'

export const actionRequestSchema = z
  .strictObject({
    plugin: z.string().max(60),
    part: z.string().max(60),
    connectionId: z.string().max(60).nullable().optional(),
    settings: jsonRecordSchema.default({}),
    inputs: z.record(z.string().max(100), sourceShape),
    rows: z.array(rowIdSchema).min(1).max(limits.rowsPerCall).optional(),
    view: z.string().min(1).max(60).optional(),
    filter: z.custom<Filter>().optional(),
    condition: z.custom<Filter>().optional(),
    output: z.record(z.string().max(100), z.string().max(300)).default({}),
    maxCost: z.number().min(0).max(1_000_000_000).optional(),
  })
  .refine(
    ({ rows, filter, view }) => rows === undefined || (filter === undefined && view === undefined),
    'Say either `rows`, or `filter` and `view`.',
  )

/** An action, and the rows that it is for. */
export interface ActionRequest {
  readonly plugin: string
  readonly part: string
  /** Left out for plugins that need none. */
  readonly connectionId?: string | null | undefined
  /** By the fields of the part's form: what is the same for all rows. @default {} */
  readonly settings?: Readonly<Record<string, Json>> | undefined
  /** Where the part's inputs come from: a column by id or key, a formula over the row, or one value for all rows. */
  readonly inputs: Readonly<Record<string, FillSource>>
  /** Ids of the rows, at most 5,000. @default those that satisfy `filter` */
  readonly rows?: readonly string[] | undefined
  /** Id of a view: those that it shows, as it is now. @default every row */
  readonly view?: string | undefined
  /** And of them those that satisfy it. @default every row */
  readonly filter?: Filter | undefined
  /** Rows that do not satisfy it are left out. @default none */
  readonly condition?: Filter | undefined
  /** Which column takes what comes back, by key of the part's output. @default nothing is kept but the log */
  readonly output?: Readonly<Record<string, string>> | undefined
  /** What the run may spend at most, in the part's unit. @default no limit but the budgets */
  readonly maxCost?: number | undefined
}

/** A request that its plugin takes. */
export interface ChosenAction {
  readonly request: z.output<typeof actionRequestSchema>
  readonly part: AnyActionPart
  readonly version: string
  readonly connectionId: string | null
  readonly costPerRow: number | null
}

/** @throws OpsError `NOT_FOUND`, `INVALID_INPUT` */
export async function chooseAction(env: ConnectionEnv, given: ActionRequest): Promise<ChosenAction> {
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
    throw new OpsError('INVALID_INPUT', say('The action has no input "{input}".', { input: unknown }), {
      path: ['inputs', unknown],
    })
  const missing = fields.find(({ key, required }) => required && !Object.hasOwn(inputs, key))
  if (missing !== undefined)
    throw new OpsError('INVALID_INPUT', say('Say where "{input}" comes from.', { input: missing.label }), {
      path: ['inputs', missing.key],
    })
  const outputs = formOf(part.output).fields
  const nowhere = Object.keys(output).find((key) => outputs.every((field) => field.key !== key))
  if (nowhere === undefined) return
  throw new OpsError('INVALID_INPUT', say('The action gives nothing called "{output}".', { output: nowhere }), {
    path: ['output', nowhere],
  })
}

/**
 * The request as a run has it: columns by id.
 *
 * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `INVALID_QUERY`
 */
export async function inputOf(work: TableWork, chosen: ChosenAction): Promise<ActionInput> {
  const { request, part, version, connectionId, costPerRow } = chosen
  const { tx, org, table, context } = work
  if (connectionId !== null) {
    const { plugin } = await findConnection(tx.db, org.orgId, connectionId)
    if (plugin !== request.plugin) throw connectionNotFound(connectionId)
  }
  const ofView = request.view === undefined ? null : await filterOfView(work, request.view)
  const filters = [ofView, request.filter ?? null].flatMap((filter) => filter ?? [])
  for (const filter of [...filters, request.condition ?? null]) checkFilter(filter, queryTableOf(work), context)
  const inputs = Object.entries(request.inputs).map(([key, source]) => {
    return [key, storedInput(source, { columns: table.columns, functions: work.functions }, ['inputs', key])] as const
  })
  const output = Object.entries(request.output).map(([key, given]) => {
    const column = findColumn(table, given)
    refuseMissingType(column, ['output', key])
    if (column.formula === null) return [key, column.id] as const
    throw new OpsError(
      'INVALID_INPUT',
      say('{column} is computed by its formula: nothing can be written there.', { column: column.name }),
      {
        path: ['output', key],
      },
    )
  })
  return {
    plugin: request.plugin,
    version,
    part: part.id,
    connectionId,
    settings: request.settings,
    inputs: Object.fromEntries(inputs),
    rows:
      request.rows === undefined ? { filter: filters.length === 0 ? null : { and: filters } } : { ids: request.rows },
    condition: request.condition ?? null,
    output: Object.fromEntries(output),
    costPerRow,
    unit: part.cost?.unit ?? null,
    maxCost: request.maxCost ?? null,
  }
}
