import { sql } from 'kysely'
import type { RunRest } from '../catalog/run-claims.repository.ts'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import { isOpsError, OpsError } from '../errors/ops-error.ts'
import { PluginError } from '../plugin/plugin-error.ts'
import { haltAfter } from '../runs/halt-after.ts'
import { defineRunKind, type OpenRun, type StepResult } from '../runs/run-kind.ts'
import { say } from '../sentences/say.ts'
import { isAmong } from '../store/filled/among-rows.ts'
import { isSelected, isTaken, markCells, releaseCells } from '../store/filled/claim-cells.ts'
import { writeWindow } from '../store/filled/write-window.ts'
import { type OperationLog, startOperation } from '../store/operation-log.ts'
import type { OrgSession, TableWork } from '../store/org-session.ts'
import { PartMissing } from '../store/table-parts.ts'
import { type AskedPart, askedPart } from './asked-part.ts'
import { forgetExpired, keepAnswers } from './cache.repository.ts'
import { selectionOf } from './claim-next.ts'
import {
  type ColumnCheckpoint,
  type ColumnRunInput,
  columnCheckpointSchema,
  columnInputSchema,
} from './column-checkpoint.ts'
import { type Gathered, gatherWindow } from './gather-window.ts'
import { firstSize, planNext, takeNext } from './next-window.ts'
import { inputsHash } from './question.ts'
import { freeReservations, type Spender, settle } from './spend.repository.ts'
import type { WindowInputs } from './window-inputs.ts'

/** Kind of the runs that ask plugins for the cells of a column. */
export const columnKind = 'column'

type ColumnRunState = OpenRun<ColumnRunInput, ColumnCheckpoint>

/** Runs that ask for the cells of columns. */
export function columnRun(env: ConnectionEnv) {
  return defineRunKind<ColumnRunInput, ColumnCheckpoint, Gathered, WindowInputs>({
    id: columnKind,
    input: columnInputSchema,
    checkpoint: columnCheckpointSchema,
    gather: async (run, { session, signal, suspect, foreseen }) => {
      const window = run.checkpoint?.window ?? []
      return await gatherWindow(env, session, run, {
        columnId: run.input.columnId,
        selection: run.checkpoint?.marked === false ? run.input : null,
        window,
        foreseen,
        task: run.checkpoint?.task ?? null,
        alone: run.checkpoint?.alone ?? null,
        signal,
        suspect,
      })
    },
    step: async (work, run, { log, prepared, isHalting }) => {
      const { table } = work
      if (!table.hasSide) throw new PartMissing('side')
      const column = table.columns.find(({ id }) => id === run.input.columnId)
      if (column === undefined) {
        throw new OpsError('NOT_FOUND', say('The column of the run was deleted. Restore it, then resume the run.'))
      }
      return await columnStep(work, run, { column, gathered: prepared, log, isHalting })
    },
    ended: async (run, { session }) => await endColumnRun(session, run),
  })
}

interface StepParts {
  readonly column: ColumnDefinition
  readonly gathered: Gathered
  readonly log: OperationLog
  isHalting(): Promise<boolean>
}

/** Writes what became of the window, then takes on the next one: what is claimed and paid commits together. */
async function columnStep(
  work: TableWork,
  run: ColumnRunState,
  { column, gathered, log, isHalting }: StepParts,
): Promise<StepResult<ColumnCheckpoint, WindowInputs>> {
  const { tx, org } = work
  const asked = await askedPart(column, work.plugins)
  const before = run.checkpoint ?? firstCheckpoint(asked)
  const spender = spenderOf(work, run, asked)
  const decided = new Set(gathered.outcomes.map(({ rowId }) => rowId))
  const isWaiting = gathered.stop !== null || gathered.task !== null
  const { rest } = gathered
  const left = isWaiting ? before.window.filter((id) => !decided.has(id)) : (rest?.later ?? [])
  const settled = before.window.length - left.length
  const progress = progressAfter(run, gathered, settled)
  const alone = rest === null || rest.later.length === 0 ? null : { deferred: [...rest.deferred] }
  const kept = { ...before, window: [...left], task: gathered.task, alone }
  const goesOn = gathered.stop === null && gathered.task === null && alone === null
  const [halting, plan] = await tx.together(() => [
    isHalting(),
    planNext(work, column, run, { asked, spender, before, tookMs: gathered.tookMs, goesOn }),
    writeWindow(work, column, { generation: before.generation, outcomes: gathered.outcomes, hashOf: inputsHash }, log),
    keepAnswers(tx.db, org.orgId, gathered.answers, asked.part.cache?.ttlMs ?? 0),
    settled === 0 && gathered.submitted === 0
      ? Promise.resolve()
      : settle(tx.db, spender, { month: before.month, ...settlementOf(before, gathered, settled, asked) }),
  ])
  if (gathered.stop !== null || halting) {
    await markLeft(work, run, { column, left, state: 'queued', areMarked: before.marked, log })
    const stopped = { checkpoint: { ...kept, marked: true }, progress }
    return gathered.stop === null ? stopped : { ...stopped, rest: restAfter(gathered.stop) }
  }
  if (alone !== null && !before.marked) {
    await markLeft(work, run, { column, left, state: 'running', areMarked: false, log })
    return { checkpoint: { ...kept, marked: true }, progress }
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
  const { held = 0, ...taken } = await takeNext(work, column, run, {
    before,
    asked,
    spender,
    plan,
    tookMs: gathered.tookMs,
    log,
  })
  if (held === 0) return { ...taken, progress }
  const message = leftToOthers(held)
  return { ...taken, progress: { ...progress, counts: { ...progress.counts, held } }, told: { message } }
}

function leftToOthers(count: number): string {
  return count === 1
    ? say('One cell is in the hands of another run of the column and was left to it: let that one go on, or cancel it.')
    : say(
        '{#count} cells are in the hands of other runs of the column and were left to them: let those go on, or cancel them.',
        { count },
      )
}

function firstCheckpoint(asked: AskedPart): ColumnCheckpoint {
  return {
    after: '0',
    window: [],
    marked: true,
    generation: asked.fill.generation,
    claimed: 0,
    month: '',
    size: firstSize(asked),
    task: null,
    alone: null,
  }
}

function spenderOf({ org, context }: TableWork, run: ColumnRunState, { plugin, unit }: AskedPart): Spender {
  return {
    orgId: org.orgId,
    timeZone: context.timeZone,
    runId: run.id,
    plugin: plugin.id,
    unit: unit ?? '',
    tableId: run.tableId,
    columnId: run.input.columnId,
  }
}

/** What a task is handed is paid for from then on: nothing stays put aside for it, and what comes of it changes little. */
function settlementOf(
  { window, task }: ColumnCheckpoint,
  { asked, spent, submitted }: Gathered,
  settled: number,
  { perItem }: AskedPart,
) {
  if (task !== null && task.paid !== null) return { reserved: 0, spent, unused: 0 }
  const counted = submitted === 0 ? settled : window.length
  return { reserved: counted * perItem, spent: spent + submitted * perItem, unused: counted - asked - submitted }
}

/** Says before everybody's eyes what becomes of the cells of a window that are not decided. */
async function markLeft(
  work: TableWork,
  { input }: ColumnRunState,
  {
    column,
    left,
    state,
    areMarked,
    log,
  }: {
    readonly column: ColumnDefinition
    readonly left: readonly string[]
    readonly state: 'queued' | 'running'
    readonly areMarked: boolean
    readonly log: OperationLog
  },
): Promise<void> {
  if (left.length === 0) return
  const isOurs = areMarked ? isTaken(column) : isSelected(work, selectionOf(column, input))
  const condition = sql<boolean>`${isAmong(left)} and ${isOurs}`
  await markCells(work, column, { state, after: '0', limit: left.length, condition }, log)
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
  // What has to wait for its turn is nothing to tell.
  if (stop instanceof PluginError && stop.code === 'RATE_LIMITED') {
    return { state: 'queued', afterMs: stop.retryAfterMs ?? 0, error: null }
  }
  const { attempt: _attempt, ...rest } = haltAfter(stop, 1) ?? {
    state: 'paused',
    afterMs: null,
    error: { code: stop.code, message: stop.message },
    attempt: 0,
  }
  return rest
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
      await releaseCells(work, column, isAmong(ids), log)
    })
  } catch (error) {
    if (!isOpsError(error, 'NOT_FOUND')) throw error
  }
}
