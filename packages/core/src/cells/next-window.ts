import type { RunRest } from '../catalog/run-claims.repository.ts'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import type { OpenRun, StepResult } from '../runs/run-kind.ts'
import { isSelected } from '../store/filled/claim-cells.ts'
import type { OperationLog } from '../store/operation-log.ts'
import type { TableWork } from '../store/org-session.ts'
import { takesTask, type VendorTask } from './ask-task.ts'
import type { AskedPart } from './asked-part.ts'
import { claimNext, isAnyLeft } from './claim-next.ts'
import type { ColumnCheckpoint, ColumnRunInput } from './column-checkpoint.ts'
import { countHeld, isUpstreamBusy, lockClaims, type OtherRuns, othersOn } from './other-runs.ts'
import { allowance, putAside, type Reservation, type Spender, settle } from './spend.repository.ts'
import { pauseFor } from './spending-pause.ts'
import { readNext, type WindowInputs } from './window-inputs.ts'

/** Cells of the first window; it grows while windows are quick, so that a kill repeats about a second's calls. */
const firstWindow = 25
const largestWindow = 500
/** Cells of a task, which the checkpoint names one by one. */
const largestTask = 5_000
const quickMs = 500
const slowMs = 3_000

type ColumnRunState = Pick<OpenRun<ColumnRunInput, ColumnCheckpoint>, 'id' | 'input'>

interface NextParts {
  readonly asked: AskedPart
  readonly spender: Spender
  readonly before: ColumnCheckpoint
  /** How long the last window's calls took, in milliseconds; 0 where there were none. */
  readonly tookMs: number
}

/** What the next window may have. */
export interface Plan {
  /** Cells that the run's own bounds and the window's size leave room for. */
  readonly room: number
  readonly granted: Reservation
  readonly others: OtherRuns
  /**
   * As many of the next rows with what their cells are made of, where these are likely to be there at once: then they are not
   * marked. undefined: they are, as they wait before everybody's eyes, or others might take them.
   */
  readonly foreseen: WindowInputs | undefined
}

/**
 * What the next window may cost, and who else may have cells in hand. Takes the lock on claims first, whatever comes of it.
 *
 * @returns `busy` while what the cells are made of is not there yet; null where the run does not go on now
 */
export async function planNext(
  work: TableWork,
  column: ColumnDefinition,
  { id, input }: ColumnRunState,
  { asked, spender, before, tookMs, goesOn }: NextParts & { readonly goesOn: boolean },
): Promise<Plan | 'busy' | null> {
  await lockClaims(work, column)
  if (!goesOn) return null
  if (await isUpstreamBusy(work, column, id)) return 'busy'
  const { perItem, fill } = asked
  const room = roomFor(asked, input.limit, before.claimed, sizeAfter(before.size, tookMs, asked))
  const wanted = { items: room, perItem, perMonth: fill.limits.perMonth, maxCost: input.maxCost, holdMs: null }
  const { tx } = work
  const isQuick = tookMs > 0 && tookMs < quickMs && !mayBeTask(asked) && input.rows === null && room > 0
  const next = { after: before.after, limit: room }
  const [others, granted, foreseen] = await tx.together(() => [
    othersOn(work, column, id),
    allowance(tx.db, spender, wanted),
    isQuick ? readNext(work, column, { id, input }, next) : Promise.resolve(undefined),
  ])
  return { room, granted, others, foreseen: others.count === 0 ? foreseen : undefined }
}

/** Takes the cells of the next window and puts aside what they may cost; where there are none, the run is over, or waits. */
export async function takeNext(
  work: TableWork,
  column: ColumnDefinition,
  run: ColumnRunState,
  { asked, spender, before, tookMs, plan, log }: NextParts & { readonly plan: Plan; readonly log: OperationLog },
): Promise<Omit<StepResult<ColumnCheckpoint, WindowInputs>, 'progress'> & { readonly held?: number }> {
  const { tx } = work
  const { room, granted, others } = plan
  const { perItem } = asked
  const foreseen = plan.foreseen === undefined ? undefined : upTo(granted.items, plan.foreseen)
  const rows =
    foreseen?.rows.map(({ id }) => id) ?? (await claimMarked(work, column, run, { asked, spender, before, plan, log }))
  const checkpoint: ColumnCheckpoint = {
    after: rows.at(-1) ?? before.after,
    window: [...rows],
    marked: foreseen === undefined,
    generation: asked.fill.generation,
    claimed: before.claimed + rows.length,
    month: granted.month,
    size: sizeAfter(before.size, tookMs, asked),
    alone: null,
    task: takesTask(asked, rows.length) ? newTask(run.id, before.claimed) : null,
  }
  if (foreseen !== undefined && rows.length > 0) {
    const taken = { items: rows.length, month: granted.month }
    return { checkpoint, foreseen, besides: () => putAside(tx.db, spender, taken, { perItem, holdMs: null }) }
  }
  if (rows.length > 0) return { checkpoint }
  const isBound =
    room > 0 && granted.items === 0 && (await isAnyLeft(work, column, run, { after: before.after, others }))
  const paused: RunRest | null = isBound ? pauseFor(granted, asked.unit) : null
  if (paused !== null) return { checkpoint, rest: paused }
  return { checkpoint, finished: true, held: await heldFrom(work, column, run, others) }
}

/** Cells that a run would have asked for, or has before, and that others have in hand. What begins by itself comes back by itself. */
async function heldFrom(
  work: TableWork,
  column: ColumnDefinition,
  { input }: ColumnRunState,
  others: OtherRuns,
): Promise<number> {
  if (input.which === 'changed') return 0
  if (input.rows !== null) return input.held
  return await countHeld(work, column, others, isSelected(work, { ...input, column, which: 'all' }))
}

function upTo(items: number, inputs: WindowInputs): WindowInputs {
  return { ...inputs, rows: inputs.rows.slice(0, items) }
}

/** Puts aside for all that may be asked for, together with marking it, then gives back for what is not there. */
async function claimMarked(
  work: TableWork,
  column: ColumnDefinition,
  run: ColumnRunState,
  {
    asked,
    spender,
    before,
    plan,
    log,
  }: Omit<NextParts, 'tookMs'> & { readonly plan: Plan; readonly log: OperationLog },
): Promise<readonly string[]> {
  const { tx } = work
  const { perItem } = asked
  const { granted, others } = plan
  if (granted.items === 0) return []
  const [rows] = await tx.together(() => [
    claimNext(work, column, run, { after: before.after, limit: granted.items, others, log }),
    putAside(tx.db, spender, granted, { perItem, holdMs: null }),
  ])
  const unused = granted.items - rows.length
  if (unused > 0) {
    await settle(tx.db, spender, { month: granted.month, reserved: unused * perItem, spent: 0, unused })
  }
  return rows
}

function mayBeTask(asked: AskedPart): boolean {
  return takesTask(asked, Number.MAX_SAFE_INTEGER)
}

function roomFor(asked: AskedPart, limit: number | null, claimed: number, size: number): number {
  const most = mayBeTask(asked) ? Math.min(asked.part.task?.maxCells ?? largestTask, largestTask) : size
  return Math.max(0, Math.min(most, (limit ?? Number.MAX_SAFE_INTEGER) - claimed))
}

/** The key is committed before anything is submitted, so that a submission tried again is known as the same. */
function newTask(runId: string, claimed: number): VendorTask {
  return {
    stage: 'submit',
    key: `${runId}-${claimed}`,
    state: null,
    ref: null,
    cursor: null,
    submittedAt: 0,
    paid: null,
  }
}

/** A batch is one call, and so is what a kill repeats. */
export function firstSize({ part }: AskedPart): number {
  const maxCells = part.batch?.maxCells
  return maxCells === undefined ? firstWindow : Math.max(firstWindow, Math.min(maxCells, largestWindow))
}

function sizeAfter(size: number, tookMs: number, { part }: AskedPart): number {
  const most = Math.max(largestWindow, part.batch?.maxCells ?? 0)
  if (tookMs === 0) return size
  if (tookMs < quickMs) return Math.min(most, size * 2)
  return tookMs > slowMs ? Math.max(firstWindow, Math.ceil(size / 2)) : size
}
