import * as z from 'zod'
import { nameSchema } from '../catalog/column-input.ts'
import { jsonRecordSchema } from '../catalog/json-input.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import type { FeedColumn } from '../db/tables/feeds.db.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import type { Run } from '../runs/run.ts'
import { getRun } from '../runs/runs.service.ts'
import { type OperationLog, startOperation } from '../store/operation-log.ts'
import type { OrgSession, TableWork, Work } from '../store/org-session.ts'
import { type StartOptions, startedRun } from '../store/started-run.ts'
import type { Json } from '../values/json.ts'
import { type ColumnChoice, chosenColumns, makeFeedTable, mapFeedColumns, mapsToPresent } from './feed-columns.ts'
import { type ChosenSource, checkConnection, chooseSource, queueSource } from './queue-source.ts'

export const sourceFields = {
  plugin: z.string().max(60),
  part: z.string().max(60),
  connectionId: z.string().max(60).nullable().optional(),
  settings: jsonRecordSchema.optional(),
  columns: z.record(z.string().max(60), z.string().max(300).nullable()).optional(),
  tableName: nameSchema.optional(),
}

export const sourceRequestSchema = z.strictObject({
  ...sourceFields,
  since: z.iso.datetime({ offset: true }).optional(),
})

/** A source and where its columns go. */
export interface SourceChoice {
  readonly plugin: string
  readonly part: string
  /** Left out for plugins that need none. */
  readonly connectionId?: string | null | undefined
  /** By the fields of the part's form. @default {} */
  readonly settings?: Readonly<Record<string, Json>> | undefined
  /**
   * By key of the source: id or key of the column that takes it, or null for a new one; others are left out.
   *
   * @default all: a column with the same key and type, else a new one
   */
  readonly columns?: ColumnChoice | undefined
  /** What a new table is called. @default the source's name */
  readonly tableName?: string | undefined
}

export interface SourceRequest extends SourceChoice {
  /** Only records changed at or after this moment (ISO 8601), where the source can tell. @default all */
  readonly since?: string | undefined
}

/** What is done with a target once all that is new of it is made. */
export interface TargetUse<T> {
  readonly log: OperationLog
  readonly options: CallOptions
  /** What it gives, if anything, is the result, and nothing is made. @default nothing */
  readonly before?: (work: Work) => Promise<T | undefined>
  readonly use: (work: TableWork, mapped: readonly FeedColumn[]) => Promise<T>
}

/** Makes what is new of a target, and does something with it, in one transaction. @param tableId null for a new table */
export async function onTarget<T>(
  session: OrgSession,
  tableId: string | null,
  source: ChosenSource,
  { columns, tableName }: Pick<SourceChoice, 'columns' | 'tableName'>,
  { log, options, before = async () => undefined, use }: TargetUse<T>,
): Promise<T> {
  const { part } = source
  if (tableId === null) {
    return await session.write(options, async (work) => {
      const done = await before(work)
      if (done !== undefined) return done
      await checkConnection(work, source)
      const named = { name: tableName ?? part.name, keys: chosenColumns(part, columns) }
      const made = await makeFeedTable(work, part, named, log)
      return await use(made, made.mapped)
    })
  }
  const isThere = await session.readTable(tableId, options, async (work) => mapsToPresent(work, part, columns))
  const open = isThere ? session.writeTable : session.defineTable
  return await open(tableId, options, async (work) => {
    const done = await before(work)
    if (done !== undefined) return done
    await checkConnection(work, source)
    return await use(work, await mapFeedColumns(work, part, columns, log))
  })
}

/**
 * Starts reading a source into a table, as a run. The table and the columns that are new are made at once; with the rows
 * they are one operation. Rows are recognised by their records' keys: the same call, made later, brings them up to date.
 *
 * @param tableId null for a new table
 * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `LIMIT_EXCEEDED`; `CONFLICT` for the key of another run
 */
export async function startSource(
  env: ConnectionEnv,
  session: OrgSession,
  tableId: string | null,
  request: SourceRequest,
  options: CallOptions & StartOptions = {},
): Promise<Run> {
  const checked = checkInput(sourceRequestSchema, request)
  const source = await chooseSource(env, checked)
  const log = startOperation(session.actor, options)
  const runId = await onTarget(session, tableId, source, checked, {
    log,
    options,
    before: (work) => startedRun(work, 'source', tableId, options),
    use: (work, columns) => {
      const since = checked.since === undefined ? null : new Date(checked.since).toISOString()
      const run = { feed: null, since, gone: 'keep' as const, columns }
      return queueSource(work, source, run, { ...options, operation: log.operation.id })
    },
  })
  session.wakeRun(runId)
  return await getRun(session, runId, options)
}
