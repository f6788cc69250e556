import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import * as z from 'zod'
import { isOpsError } from '../../errors/ops-error.ts'
import type { OperationLog } from '../operation-log.ts'
import type { OrgSession, TableWork } from '../org-session.ts'
import { estimatedRows } from './estimated-rows.ts'
import { declareFilled, fillRows, nextRange, pendingFormulas, type RowRange } from './fill-rows.ts'
import type { TableFormula } from './table-formulas.ts'

/** Kind of the runs that fill the cells of formulas. */
export const backfillKind = 'backfill'

export const backfillInputSchema = z.strictObject({})

export const backfillCheckpointSchema = z.strictObject({
  /** Behind which row the next step goes on. */
  after: z.string().regex(/^\d{1,19}$/),
  /** The generations that the rows up to there were filled with, by column. */
  generations: z.record(z.string(), z.int()),
})

export type BackfillCheckpoint = z.infer<typeof backfillCheckpointSchema>

export interface BackfillProgress {
  readonly done: number
  readonly total: number | null
}

/**
 * Rows of one step. Each ends with a wait for the disk, and who edits one of its rows waits for its end: a third of a
 * second at most. The embedded database has one session for everybody.
 */
export const backfillRows = { server: 50_000, embedded: 2_000 } as const

/** The formulas that are pending, each with the generation of its definition. */
type Generations = BackfillCheckpoint['generations']

/** The rows of one step, and what was pending as they were looked up. */
export interface BackfillItem {
  readonly range: RowRange
  readonly generations: Generations
  /** Whether these are the last rows of the table. */
  readonly isLast: boolean
}

/**
 * Looks up the rows of each step, while the step before it computes. What comes into the table behind them is computed by
 * whoever writes it.
 */
export async function* backfillItems(
  session: OrgSession,
  { tableId, checkpoint }: { readonly tableId: string; readonly checkpoint: BackfillCheckpoint | null },
  size: number,
  signal: AbortSignal,
): AsyncGenerator<BackfillItem> {
  // Without a signal: a look takes some milliseconds, and to break one off the embedded database would have to start anew.
  const look = async (after: string | null): Promise<BackfillItem> =>
    await session.readTable(tableId, {}, async (work) => {
      const generations = generationsOf(pendingFormulas(work))
      const range = await nextRange(work, after ?? startOf(checkpoint, generations), size)
      return { range, generations, isLast: range.rows < size }
    })
  let after: string | null = null
  for (;;) {
    const from = after
    const item: BackfillItem = await untilItPasses(() => look(from), signal)
    yield item
    if (item.isLast) return
    after = item.range.last
  }
}

/** Tries at one look that others, or the network, get in the way of; pauses double from a tenth of a second, as for steps. */
const attempts = 7

async function untilItPasses<T>(look: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await look()
    } catch (error) {
      if (!isOpsError(error) || !error.retryable || attempt === attempts) throw error
      await wait(100 * 2 ** (attempt - 1), undefined, { signal })
    }
  }
}

/**
 * Fills the rows of whatever is pending in the table.
 *
 * @returns undefined if a formula was made or changed since they were looked up: the run begins anew then, and rows that
 * are filled by then are passed over
 */
export async function backfillStep(
  work: TableWork,
  run: { readonly checkpoint: BackfillCheckpoint | null; readonly progress: BackfillProgress },
  { range, generations, isLast }: BackfillItem,
  log: OperationLog,
): Promise<{ checkpoint: BackfillCheckpoint; progress: BackfillProgress; finished: boolean } | undefined> {
  const formulas = pendingFormulas(work)
  if (!isSame(generationsOf(formulas), generations)) return undefined
  const { checkpoint, progress } = run
  const goesOn = checkpoint !== null && range.after === checkpoint.after
  const total = goesOn && progress.total !== null ? progress.total : await estimatedRows(work)
  await fillRows(work, formulas, range, log)
  const done = (goesOn ? progress.done : 0) + range.rows
  if (isLast) await declareFilled(work, Object.keys(generations))
  // Rows and checkpoint are lost together, if at all, and a lost step is done again: no need to wait for the disk.
  else await work.tx.run(sql`select set_config('synchronous_commit', 'off', true)`)
  return {
    checkpoint: { after: range.last ?? range.after, generations },
    progress: { done, total: isLast ? done : Math.max(total, done) },
    finished: isLast,
  }
}

function generationsOf(formulas: readonly TableFormula[]): Generations {
  return Object.fromEntries(
    formulas.flatMap(({ id, definition: { formula } }) =>
      formula?.pending === true ? [[id, formula.generation] as const] : [],
    ),
  )
}

/** Where a run goes on. */
function startOf(checkpoint: BackfillCheckpoint | null, pending: Generations): string {
  const isKnown = checkpoint !== null && holds(checkpoint.generations, pending)
  return isKnown ? checkpoint.after : '0'
}

function holds(generations: Generations, others: Generations): boolean {
  return Object.entries(others).every(([id, generation]) => generations[id] === generation)
}

function isSame(generations: Generations, others: Generations): boolean {
  return holds(generations, others) && holds(others, generations)
}
