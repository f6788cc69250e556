import { sql } from 'kysely'
import * as z from 'zod'
import type { OperationLog } from '../operation-log.ts'
import type { TableWork } from '../org-session.ts'
import { estimatedRows } from './estimated-rows.ts'
import { declareFilled, fillRows, pendingFormulas } from './fill-rows.ts'

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

/**
 * Fills the next rows of whatever is pending in the table. A formula that was made or changed meanwhile has the run
 * begin anew; rows that are filled by then are passed over.
 */
export async function backfillStep(
  work: TableWork,
  run: { readonly checkpoint: BackfillCheckpoint | null; readonly progress: BackfillProgress },
  size: number,
  log: OperationLog,
): Promise<{ checkpoint: BackfillCheckpoint; progress: BackfillProgress; finished: boolean }> {
  const formulas = pendingFormulas(work)
  const generations = Object.fromEntries(
    formulas.flatMap(({ id, definition: { formula } }) =>
      formula?.pending === true ? [[id, formula.generation] as const] : [],
    ),
  )
  const { checkpoint, progress } = run
  const isSame =
    checkpoint !== null &&
    Object.entries(generations).every(([id, generation]) => checkpoint.generations[id] === generation)
  const after = isSame ? checkpoint.after : '0'
  const total = isSame && progress.total !== null ? progress.total : await estimatedRows(work)
  const { rows, last } = await fillRows(work, formulas, after, size, log)
  const done = (isSame ? progress.done : 0) + rows
  if (last === null) await declareFilled(work, Object.keys(generations))
  // Rows and checkpoint are lost together, if at all, and a lost step is done again: no need to wait for the disk.
  else await work.tx.run(sql`select set_config('synchronous_commit', 'off', true)`)
  return {
    checkpoint: { after: last ?? after, generations },
    progress: { done, total: last === null ? done : Math.max(total, done) },
    finished: last === null,
  }
}
