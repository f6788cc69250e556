import { randomText } from '../catalog/new-id.ts'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import { checkedSettings, findPart } from '../connections/find-part.ts'
import type { AnyActionPart } from '../plugin/action-part.ts'
import { haltAfter } from '../runs/halt-after.ts'
import { defineRunKind, type OpenRun, type PrepareTools, type Progress } from '../runs/run-kind.ts'
import type { OperationLog } from '../store/operation-log.ts'
import type { TableWork } from '../store/org-session.ts'
import { plannedRows } from '../store/planned-rows.ts'
import { type CellError, prepareCells } from '../store/prepare-cells.ts'
import { writeUnique } from '../store/unique-cells.ts'
import { writeUpdates } from '../store/update-rows.ts'
import type { Json } from '../values/json.ts'
import {
  type ActionBatch,
  type ActionCheckpoint,
  type ActionInput,
  actionCheckpointSchema,
  actionInputSchema,
} from './action-input.ts'
import { noteCalling, type SettledRow, settleRows } from './action-rows.repository.ts'
import { type CalledRows, callRows, failedBy, unknownRows } from './call-rows.ts'

type ActionRun = OpenRun<ActionInput, ActionCheckpoint>

/** Rows of one batch where the part takes them one by one: as many are called for at once. */
const rowsAtOnce = 10

/**
 * Calls an action for rows. Each batch is planned in one transaction and called for after it, so that a process that is
 * killed leaves behind which rows it may have called for.
 */
export function actionKind(env: ConnectionEnv) {
  /** Batches that this process has planned and not called for: those of others may have been called for already. */
  const planned = new Set<string>()
  return defineRunKind<ActionInput, ActionCheckpoint, CalledRows | null>({
    id: 'action',
    input: actionInputSchema,
    checkpoint: actionCheckpointSchema,
    gather: async (run, tools) => {
      const batch = run.checkpoint?.batch ?? null
      return batch === null ? null : await callFor(env, run, batch, () => planned.delete(batch.id), tools)
    },
    step: async (work, run, { log, prepared, halting }) => {
      const { part } = partOf(env, run.input)
      const { step, batch } = await takeStep(work, run, part, { called: prepared, halting }, log)
      if (batch !== null) planned.add(batch.id)
      return step
    },
  })
}

function partOf(env: ConnectionEnv, input: ActionInput) {
  const plugin = env.plugins.get(input.plugin)
  return { plugin, part: findPart(plugin, 'actions', input.part) }
}

async function callFor(
  env: ConnectionEnv,
  { id: runId, input }: ActionRun,
  batch: ActionBatch,
  takeOurs: () => boolean,
  { session, signal }: PrepareTools,
): Promise<CalledRows> {
  const { plugin, part } = partOf(env, input)
  const settings = await checkedSettings(plugin, part, input.settings)
  if (!takeOurs() && part.idempotency === 'at-most-once') return unknownRows(batch)
  const { connectionId, costPerRow } = input
  return await callRows(env, session, { plugin, part, connectionId, settings, costPerRow, runId, signal }, batch)
}

interface Turn {
  readonly called: CalledRows | null
  readonly halting: boolean
}

async function takeStep(
  work: TableWork,
  run: ActionRun,
  part: AnyActionPart,
  { called, halting }: Turn,
  log: OperationLog,
) {
  const { id: runId, input, checkpoint, progress } = run
  const { tx, org } = work
  const before = checkpoint ?? { after: '0', batch: null }
  const tries = (before.batch?.tries ?? 0) + 1
  const rest = called?.reason === undefined ? undefined : haltAfter(called.reason, tries)
  const givenUp = called?.reason === undefined || rest !== undefined ? [] : failedBy(called.again, called.reason)
  const settled = [...(called?.settled ?? []), ...givenUp]
  await settleRows(tx.db, org.orgId, runId, settled)
  const warnings = await writeOutputs(work, input, settled, log)
  const done = progressAfter(progress, settled, warnings)
  if (rest !== undefined && before.batch !== null) {
    const again = new Set(called?.again)
    const batch = { id: randomText(16), rows: before.batch.rows.filter(({ id }) => again.has(id)), tries }
    return { step: { checkpoint: { ...before, batch }, progress: done, rest }, batch }
  }
  if (halting) return { step: { checkpoint: { ...before, batch: null }, progress: done }, batch: null }
  const batch = await planBatch(work, input, before.after, rowsPerCall(part))
  if (batch !== null)
    await noteCalling(
      tx.db,
      org.orgId,
      runId,
      batch.rows.map(({ id }) => id),
    )
  const after = batch?.rows.at(-1)?.id ?? before.after
  return { step: { checkpoint: { after, batch }, progress: done, finished: batch === null }, batch }
}

function rowsPerCall({ row, batch }: AnyActionPart): number {
  return batch === undefined || (row !== undefined && batch.maxRows < rowsAtOnce) ? rowsAtOnce : batch.maxRows
}

/** The next rows with what the action reads of them. */
async function planBatch(
  work: TableWork,
  { rows, condition, inputs }: ActionInput,
  after: string,
  limit: number,
): Promise<ActionBatch | null> {
  const columns = new Map<string, ColumnDefinition>()
  for (const source of Object.values(inputs)) {
    const column = 'column' in source ? work.table.columns.find(({ id }) => id === source.column) : undefined
    if (column !== undefined) columns.set(column.id, column)
  }
  const found = await plannedRows(work, { rows, condition }, [...columns.values()], { after, limit })
  if (found.length === 0) return null
  const batchRows = found.map(({ id, cells }) => {
    const values = Object.entries(inputs).flatMap(([key, source]): [string, Json][] => {
      const value = 'column' in source ? cells[source.column] : (source.value as Json)
      // An empty cell is an input that is not there: the part's schema says whether it may be.
      return value === undefined || value === null ? [] : [[key, value]]
    })
    return { id, inputs: Object.fromEntries(values) as ActionBatch['rows'][number]['inputs'] }
  })
  return { id: randomText(16), rows: batchRows, tries: 0 }
}

/** Writes what came back to the columns that are to take it. @returns cells that did not fit */
async function writeOutputs(
  work: TableWork,
  { output }: ActionInput,
  settled: readonly SettledRow[],
  log: OperationLog,
): Promise<number> {
  const targets = Object.entries(output).flatMap(([key, columnId]) => {
    const column = work.table.columns.find(({ id }) => id === columnId)
    return column === undefined || column.formula !== null ? [] : [{ key, column }]
  })
  if (targets.length === 0) return 0
  const errors: CellError[] = []
  const rows = settled.flatMap(({ id, output: given }, index) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return []
    const values = given as Readonly<Record<string, Json>>
    const cells = Object.fromEntries(
      targets.flatMap(({ key, column }) => (values[key] === undefined ? [] : [[column.id, values[key]]])),
    )
    const prepared = prepareCells(work, cells, index, 'skip', errors)
    return prepared === undefined ? [] : [{ ...prepared, id }]
  })
  await writeUnique(work, rows, 'skip', errors, (fitting) => writeUpdates(work, fitting, new Map(), log))
  return errors.length
}

function progressAfter({ done, total, counts }: Progress, settled: readonly SettledRow[], warnings: number): Progress {
  const zero = { done: 0, failed: 0, skipped: 0, warnings: 0, cost: 0, ...counts }
  const count = (state: SettledRow['state']): number => settled.filter((row) => row.state === state).length
  return {
    done: done + settled.length,
    total,
    counts: {
      done: zero.done + count('done'),
      failed: zero.failed + count('failed'),
      skipped: zero.skipped + count('skipped'),
      warnings: zero.warnings + warnings,
      cost: zero.cost + settled.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
    },
  }
}
