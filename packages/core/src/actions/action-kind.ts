import { sql } from 'kysely'
import { randomText } from '../catalog/new-id.ts'
import { writeRefusal } from '../catalog/table-definition.ts'
import { freeReservations, type Reservation, reserve, type Spender, settle } from '../cells/spend.repository.ts'
import { pauseFor } from '../cells/spending-pause.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import { checkedSettings, findPart } from '../connections/find-part.ts'
import type { AnyActionPart } from '../plugin/action-part.ts'
import { haltAfter } from '../runs/halt-after.ts'
import { defineRunKind, type OpenRun, type PrepareTools, type Progress } from '../runs/run-kind.ts'
import { readInputs } from '../store/filled/read-inputs.ts'
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
import { type CalledRows, callRows, failedBy, stuckRows, unknownRows } from './call-rows.ts'
import { rowsInHand } from './rows-in-hand.ts'

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
    step: async (work, run, { log, prepared, isHalting }) => {
      const { part } = partOf(env, run.input)
      const { step, batch } = await takeStep(work, run, part, { called: prepared, halting: await isHalting() }, log)
      if (batch !== null) planned.add(batch.id)
      return step
    },
    ended: async ({ id }, { session }) =>
      await session.write({}, ({ tx }) => freeReservations(tx.db, session.orgId, id)),
  })
}

function partOf(env: ConnectionEnv, input: ActionInput) {
  const plugin = env.plugins.get(input.plugin)
  return { plugin, part: findPart(plugin, 'actions', input.part) }
}

async function callFor(
  env: ConnectionEnv,
  { id: runId, input, takeovers }: ActionRun,
  batch: ActionBatch,
  takeOurs: () => boolean,
  { session, signal, suspect }: PrepareTools,
): Promise<CalledRows> {
  const { plugin, part } = partOf(env, input)
  const settings = await checkedSettings(plugin, part, input.settings)
  if (!takeOurs() && part.idempotency === 'at-most-once') return unknownRows(input, batch)
  const { connectionId, costPerRow } = input
  const inHand = rowsInHand(part, batch, takeovers)
  if (takeovers > 0 || batch.alone !== null) await suspect()
  const call = { plugin, part, connectionId, settings, costPerRow, runId, signal }
  const called = inHand.isStuck ? stuckRows(call, inHand.batch) : await callRows(env, session, call, inHand.batch)
  return { ...called, rest: inHand.rest }
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
  const before = checkpoint ?? { after: '0', batch: null, month: '' }
  const tries = (before.batch?.tries ?? 0) + 1
  const rest = called?.reason === undefined ? undefined : haltAfter(called.reason, tries)
  const givenUp = called?.reason === undefined || rest !== undefined ? [] : failedBy(called.again, called.reason)
  const settled = [...(called?.settled ?? []), ...givenUp]
  await settleRows(tx.db, org.orgId, runId, settled)
  const spender = spenderOf(work, run)
  await settleCost(work, spender, input, before.month, settled)
  const warnings = await writeOutputs(work, input, settled, log)
  const done = progressAfter(progress, settled, warnings)
  if (rest !== undefined && before.batch !== null) {
    const again = new Set(called?.again)
    const rows = [...before.batch.rows.filter(({ id }) => again.has(id)), ...(called?.rest?.rows ?? [])]
    // Its key stays: the vendor may have acted by it.
    const batch = { ...before.batch, rows, tries }
    return { step: { checkpoint: { ...before, batch }, progress: done, rest }, batch }
  }
  const left = called?.rest ?? null
  if (left !== null && left.rows.length > 0) {
    const batch = { id: randomText(16), ...left, tries: 0 }
    return { step: { checkpoint: { ...before, batch }, progress: done }, batch }
  }
  if (halting) return { step: { checkpoint: { ...before, batch: null }, progress: done }, batch: null }
  const { batch, granted } = await planWithin(work, spender, input, { after: before.after, limit: rowsPerCall(part) })
  const paused = batch === null && granted.items === 0 ? await pauseOf(work, input, before.after, granted) : null
  if (paused !== null) return { step: { checkpoint: { ...before, batch }, progress: done, rest: paused }, batch }
  if (batch !== null)
    await noteCalling(
      tx.db,
      org.orgId,
      runId,
      batch.rows.map(({ id }) => id),
    )
  const after = batch?.rows.at(-1)?.id ?? before.after
  return {
    step: { checkpoint: { after, batch, month: granted.month }, progress: done, finished: batch === null },
    batch,
  }
}

function spenderOf({ org, context, table }: TableWork, { id: runId, input: { plugin, unit } }: ActionRun): Spender {
  const { orgId } = org
  return { orgId, timeZone: context.timeZone, runId, plugin, unit: unit ?? '', tableId: table.id, columnId: '' }
}

/** What the rows have really cost counts from here on; what was put aside for them is free again. */
async function settleCost(
  { tx }: TableWork,
  spender: Spender,
  { costPerRow }: ActionInput,
  month: string,
  settled: readonly SettledRow[],
): Promise<void> {
  if (settled.length === 0) return
  await settle(tx.db, spender, {
    month,
    reserved: settled.length * (costPerRow ?? 0),
    spent: settled.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
    unused: settled.filter(({ state }) => state === 'skipped').length,
  })
}

/** The next batch, as far as budgets allow. */
async function planWithin(
  work: TableWork,
  spender: Spender,
  input: ActionInput,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<{ readonly batch: ActionBatch | null; readonly granted: Reservation }> {
  const perItem = input.costPerRow ?? 0
  const granted = await reserve(work.tx.db, spender, {
    items: limit,
    perItem,
    perMonth: null,
    maxCost: input.maxCost,
    holdMs: null,
  })
  const batch = granted.items === 0 ? null : await planBatch(work, input, after, granted.items)
  const unused = granted.items - (batch?.rows.length ?? 0)
  if (unused > 0) {
    await settle(work.tx.db, spender, { month: granted.month, reserved: unused * perItem, spent: 0, unused })
  }
  return { batch, granted }
}

/** What a run with rows left waits for; null if it is through, or has spent what it may. */
async function pauseOf(work: TableWork, input: ActionInput, after: string, granted: Reservation) {
  const left = await planBatch(work, input, after, 1)
  return left === null ? null : pauseFor(granted, input.unit)
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
  const ids = await plannedRows(work, { rows, condition }, { after, limit })
  if (ids.length === 0) return null
  const read = await readInputs(work, { inputs, condition: null }, sql<boolean>`t._id = any (${ids}::bigint[])`)
  const batchRows = read.map((row) => {
    // An empty cell is an input that is not there: the part's schema says whether it may be.
    const given = Object.entries(row.inputs).filter(([, value]) => value !== null)
    return { id: row.id, inputs: Object.fromEntries(given) as ActionBatch['rows'][number]['inputs'] }
  })
  return { id: randomText(16), rows: batchRows, tries: 0, alone: null }
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
    return column === undefined || writeRefusal(column) !== null ? [] : [{ key, column }]
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
