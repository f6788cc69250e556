import * as z from 'zod'
import type { Json } from '../values/json.ts'
import { taskSchema } from './ask-task.ts'

const rowIdSchema = z.string().regex(/^\d{1,19}$/)

export const columnInputSchema = z.strictObject({
  columnId: z.string(),
  which: z.enum(['empty', 'failed', 'stale', 'all', 'changed']),
  /** Only these rows, whose cells were marked as waiting when the run was started. */
  rows: z.array(rowIdSchema).nullable(),
  filter: z.json() as z.ZodType<Json>,
  /** Only cells that this run has left failed. */
  failedIn: z.string().nullable(),
  /** Cells at most. */
  limit: z.int().nullable(),
  /** What may be spent at most, in the part's unit. */
  maxCost: z.number().nullable(),
  /** Cells of named rows that other runs had in hand when the run was started. */
  held: z.int().default(0),
})

export const columnCheckpointSchema = z.strictObject({
  /** Behind which row the next window begins. */
  after: rowIdSchema,
  /** Rows whose cells are being asked for. */
  window: z.array(rowIdSchema),
  /** Whether those cells are marked as running, before everybody's eyes; those of a window that is likely to be quick are not. */
  marked: z.boolean(),
  /** The generation of the fill that they were claimed under. */
  generation: z.int(),
  /** Cells claimed so far. */
  claimed: z.int(),
  /** The month that the window is counted in. */
  month: z.string(),
  /** Cells of the next window. */
  size: z.int(),
  /** What the window waits for at the vendor; null where it is asked for by calls. */
  task: taskSchema.nullable(),
  /**
   * Not null where the window is asked for cell by cell, as a process ended over it: cells that were put behind the others, since
   * more ended over them.
   */
  alone: z.strictObject({ deferred: z.array(rowIdSchema) }).nullable(),
})

export type ColumnRunInput = z.infer<typeof columnInputSchema>
export type ColumnCheckpoint = z.infer<typeof columnCheckpointSchema>
