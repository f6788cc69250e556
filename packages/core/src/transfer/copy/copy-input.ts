import * as z from 'zod'
import type { Filter } from '../../query/filter.ts'

/** What a copy run is started with; columns by id. */
export const copyInputSchema = z.strictObject({
  source: z.string(),
  filter: z.custom<Filter>().nullable(),
  columns: z.array(z.strictObject({ from: z.string(), to: z.string() })),
  /** Names of the source's columns, for the file of rejected rows. */
  headers: z.array(z.string()),
  dedupe: z.array(z.string()),
  update: z.boolean(),
  onInvalid: z.enum(['keep', 'reject']),
  deleteGone: z.boolean(),
})

export type CopyInput = z.output<typeof copyInputSchema>

export const copyCheckpointSchema = z.strictObject({
  /** Rows are copied first; then those whose origin is gone are deleted. */
  phase: z.enum(['copy', 'gone']),
  /** Id of the last row that was dealt with: of the source, then of the target. */
  after: z.string(),
  /** Parts of the error file so far. */
  parts: z.int(),
})

export type CopyCheckpoint = z.output<typeof copyCheckpointSchema>
