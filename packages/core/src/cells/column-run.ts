import { sql } from 'kysely'
import type { RunRest } from '../catalog/run-claims.repository.ts'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import { isOpsError, OpsError } from '../errors/ops-error.ts'
import { haltAfter } from '../runs/halt-after.ts'
import { defineRunKind, type OpenRun, type StepResult } from '../runs/run-kind.ts'
import { say } from '../sentences/say.ts'
import { isSelected, isTaken, markCells, releaseCells } from '../store/filled/claim-cells.ts'
import { writeWindow } from '../store/filled/write-window.ts'
import { type OperationLog, startOperation } from '../store/operation-log.ts'
import type { OrgSession, TableWork } from '../store/org-session.ts'
import { PartMissing } from '../store/table-parts.ts'
import { takesTask, type VendorTask } from './ask-task.ts'
import { type AskedPart, askedPart } from './asked-part.ts'
import { forgetExpired, keepAnswers } from './cache.repository.ts'
import { claimNext, isAnyLeft, selectionOf } from './claim-next.ts'
import {
  type ColumnCheckpoint,
  type ColumnRunInput,
  columnCheckpointSchema,
  columnInputSchema,
} from './column-checkpoint.ts'
import { type Gathered, gatherWindow } from './gather-window.ts'
import { isUpstreamBusy, lockClaims, type OtherRuns, othersOn } from './other-runs.ts'
import { inputsHash } from './question.ts'
import { allowance, freeReservations, putAside, type Reservation, type Spender, settle } from './spend.repository.ts'
import { pauseFor } from './spending-pause.ts'

/** Kind of the runs that ask plugins for the cells of a column. */
export const columnKind = 'column'

type ColumnRunState = OpenRun<ColumnRunInput, ColumnCheckpoint>

/** Cells of the first window; it grows while windows are quick, so that a kill repeats about a second's calls. */
const firstWindow = 25
const largestWindow = 500
/** Cells of a task, which the checkpoint names one by one. */
const largestTask = 5_000
const quickMs = 500
const slowMs = 3_000

/** Runs that ask for the cells of columns. */
export function columnRun(env: ConnectionEnv) {
  return defineRunKind<ColumnRunInput, ColumnCheckpoint, Gathered>({
    id: columnKind,
    input: columnInputSchema,
    checkpoint: columnCheckpointSchema,
    gather: async (run, { session, signal, suspect }) => {
      const window = run.checkpoint?.window ?? []
      return await gatherWindow(env, session, run, {
        columnId: run.input.columnId,
        selection: run.checkpoint?.marked === false ? run.input : null,
        window,
        task: run.checkpoint?.task ?? null,
        alone: run.checkpoint?.alone ?? null,
        signal,
        suspect,
      })
    },
    step: async (work, run, { log, prepared, halting }) => {
      const { table } = work
      if (!table.hasSide) throw new PartMissing('side')
      const column = table.columns.find(({ id }) => id === run.input.columnId)
      if (column === undefined) {
        throw new OpsError('NOT_FOUND', say('The column of the run was deleted. Restore it, then resume the run.'))
      }
      return await columnStep(work, run, { column, gathered: prepared, log, halting })
    },
    ended: async (run, { session }) => await endColumnRun(session, run),
  })
}

interface StepParts {
  readonly column: ColumnDefinition
  readonly gathered: Gathered
  readonly log: OperationLog
  readonly halting: boolean
}

/** Writes what became of the window, then takes on the next one: what is claimed and paid commits together. */
async function columnStep(
  work: TableWork,
  run: ColumnRunState,
  { column, gathered, log, halting }: StepParts,
): Promise<StepResult<ColumnCheckpoint>> {
  const { tx, org } = work
  const asked = await askedPart(column, work.plugins)
  const before: ColumnCheckpoint = run.checkpoint ?? {
    after: '0',
    window: [],
    marked: true,
    generation: asked.fill.generation,
    claimed: 0,
    month: '',
    size: firstSize(asked.part.batch?.maxCells),
    task: null,
    alone: null,
  }
  const spender: Spender = {
    orgId: org.orgId,
    timeZone: work.context.timeZone,
    runId: run.id,
    plugin: asked.plugin.id,
    unit: asked.unit ?? '',
    tableId: run.tableId,
    columnId: column.id,
  }
  const decided = new Set(gathered.outcomes.map(({ rowId }) => rowId))
  const isWaiting = gathered.stop !== null || gathered.task !== null
  const { rest } = gathered
  const left = isWaiting ? before.window.filter((id) => !decided.has(id)) : (rest?.later ?? [])
  const settled = before.window.length - left.length
  const progress = progressAfter(run, gathered, settled)
  const alone = rest === null || rest.later.length === 0 ? null : { deferred: [...rest.deferred] }
  const kept = { ...before, window: [...left], task: gathered.task, alone }
  const goesOn = gathered.stop === null && !halting && gathered.task === null && alone === null
  const next = sizeAfter(before.size, gathered.tookMs, asked.part.batch?.maxCells)
  const room = goesOn ? roomFor(asked, run.input.limit, before.claimed, next) : 0
  const [plan] = await tx.together(() => [
    planNext(work, column, run.id, { asked, spender, room, maxCost: run.input.maxCost, goesOn }),
    writeWindow(work, column, { generation: before.generation, outcomes: gathered.outcomes, hashOf: inputsHash }, log),
    keepAnswers(tx.db, org.orgId, gathered.answers, asked.part.cache?.ttlMs ?? 0),
    settled === 0
      ? Promise.resolve()
      : settle(tx.db, spender, {
          month: before.month,
          reserved: settled * asked.perItem,
          spent: gathered.spent,
          unused: settled - gathered.asked,
        }),
  ])
  if (gathered.stop !== null || halting || (alone !== null && !before.marked)) {
    const state = gathered.stop !== null || halting ? 'queued' : 'running'
    if (left.length > 0) {
      const isWaiting = before.marked ? isTaken(column) : isSelected(work, selectionOf(column, run.input))
      const condition = sql<boolean>`t._id = any (${[...left]}::bigint[]) and ${isWaiting}`
      await markCells(work, column, { state, after: '0', limit: left.length, condition }, log)
    }
    const checkpoint = { ...kept, marked: true }
    if (state === 'running') return { checkpoint, progress }
    return { checkpoint, progress, ...(gathered.stop !== null && { rest: restAfter(gathered.stop) }) }
  }
  if (gathered.task !== null) {
    const { waitMs } = gathered
    return {
      checkpoint: kept,
      progress,
      ...(waitMs > 0 && { rest: { state: 'queued', afterMs: waitMs, error: null } }),
    }
  }
  if (plan === null) return { checkpoint: kept, progress }
  if (plan === 'busy') return { checkpoint: kept, progress, rest: shortRest }
  const { granted, others } = plan
  const isQuick = gathered.tookMs > 0 && gathered.tookMs < quickMs && !mayBeTask(asked)
  const take = { after: before.after, limit: granted.items, others, isQuick, log }
  const [{ rows: claimed, marked }] =
    granted.items === 0
      ? [{ rows: [], marked: true }]
      : await tx.together(() => [
          claimNext(work, column, run, take),
          putAside(tx.db, spender, granted, { perItem: asked.perItem, holdMs: null }),
        ])
  const unused = granted.items - claimed.length
  if (unused > 0) {
    await settle(tx.db, spender, { month: granted.month, reserved: unused * asked.perItem, spent: 0, unused })
  }
  const checkpoint = {
    ...before,
    after: claimed.at(-1) ?? before.after,
    window: [...claimed],
    marked,
    generation: asked.fill.generation,
    claimed: before.claimed + claimed.length,
    month: granted.month,
    size: next,
    alone: null,
    task: takesTask(asked, claimed.length) ? newTask(run.id, before.claimed) : null,
  }
  if (claimed.length > 0) return { checkpoint, progress }
  const isBound =
    room > 0 && granted.items === 0 && (await isAnyLeft(work, column, run, { after: before.after, others }))
  const paused = isBound ? pauseFor(granted, asked.unit) : null
  if (paused !== null) return { checkpoint, progress, rest: paused }
  return { checkpoint, progress, finished: true }
}

interface Plan {
  readonly granted: Reservation
  readonly others: OtherRuns
}

/**
 * What the next window may cost, and who else may have cells in hand.
 *
 * @returns `busy` while what the cells are made of is not there yet; null where the run does not go on now
 */
async function planNext(
  work: TableWork,
  column: ColumnDefinition,
  runId: string,
  {
    asked,
    spender,
    room,
    maxCost,
    goesOn,
  }: {
    readonly asked: AskedPart
    readonly spender: Spender
    readonly room: number
    readonly maxCost: number | null
    readonly goesOn: boolean
  },
): Promise<Plan | 'busy' | null> {
  await lockClaims(work, column)
  if (!goesOn) return null
  if (await isUpstreamBusy(work, column, runId)) return 'busy'
  const { perItem, fill } = asked
  const wanted = { items: Math.max(0, room), perItem, perMonth: fill.limits.perMonth, maxCost, holdMs: null }
  const { tx } = work
  const [others, granted] = await tx.together(() => [othersOn(work, column, runId), allowance(tx.db, spender, wanted)])
  return { granted, others }
}

function mayBeTask(asked: AskedPart): boolean {
  return takesTask(asked, Number.MAX_SAFE_INTEGER)
}

/** Cells that the next window may have. */
function roomFor(asked: AskedPart, limit: number | null, claimed: number, size: number): number {
  const most = mayBeTask(asked) ? Math.min(asked.part.task?.maxCells ?? largestTask, largestTask) : size
  return Math.min(most, (limit ?? Number.MAX_SAFE_INTEGER) - claimed)
}

/** The key is committed before anything is submitted, so that a submission tried again is known as the same. */
function newTask(runId: string, claimed: number): VendorTask {
  return { stage: 'submit', key: `${runId}-${claimed}`, state: null, ref: null, cursor: null, submittedAt: 0 }
}

function progressAfter({ progress }: ColumnRunState, { outcomes, fromCache }: Gathered, settled: number) {
  const counts: Record<string, number> = { ...progress.counts }
  const add = (name: string, more: number): void => {
    if (more > 0) counts[name] = (counts[name] ?? 0) + more
  }
  for (const { state } of outcomes) add(state, 1)
  add('cached', fromCache)
  const done = progress.done + settled
  return { done, total: progress.total === null ? null : Math.max(progress.total, done), counts }
}

const shortRest: RunRest = { state: 'queued', afterMs: 1_000, error: null }

function restAfter(stop: OpsError): RunRest {
  const { attempt: _attempt, ...rest } = haltAfter(stop, 1) ?? {
    state: 'paused',
    afterMs: null,
    error: { code: stop.code, message: stop.message },
    attempt: 0,
  }
  return rest
}

/** A batch is one call, and so is what a kill repeats. */
function firstSize(maxCells: number | undefined): number {
  return maxCells === undefined ? firstWindow : Math.max(firstWindow, Math.min(maxCells, largestWindow))
}

function sizeAfter(size: number, tookMs: number, maxCells: number | undefined): number {
  const most = Math.max(largestWindow, maxCells ?? 0)
  if (tookMs === 0) return size
  if (tookMs < quickMs) return Math.min(most, size * 2)
  return tookMs > slowMs ? Math.max(firstWindow, Math.ceil(size / 2)) : size
}

/** Lets go of cells that a run which is over has marked, and of what it has put aside. */
export async function endColumnRun(
  session: OrgSession,
  run: Pick<ColumnRunState, 'id' | 'tableId' | 'input' | 'checkpoint'>,
): Promise<void> {
  const { input, checkpoint } = run
  // Where all were claimed, none is left; those that wait now are another run's.
  const isThrough =
    input.rows !== null && (checkpoint?.claimed ?? 0) >= input.rows.length && checkpoint?.window.length === 0
  const ids = isThrough ? [] : (input.rows ?? checkpoint?.window ?? [])
  try {
    await session.writeTable(run.tableId, {}, async (work) => {
      await freeReservations(work.tx.db, work.org.orgId, run.id)
      await forgetExpired(work.tx.db, work.org.orgId)
      const column = work.table.columns.find(({ id }) => id === run.input.columnId)
      if (column?.fill == null || ids.length === 0) return
      const log = startOperation(session.actor)
      await releaseCells(work, column, sql<boolean>`t._id = any (${[...ids]}::bigint[])`, log)
    })
  } catch (error) {
    if (!isOpsError(error, 'NOT_FOUND')) throw error
  }
}
