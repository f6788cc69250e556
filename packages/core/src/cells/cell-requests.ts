import * as z from 'zod'
import { filterSchema } from '../query/filter.ts'
import { rowIdSchema } from '../store/row-id.ts'

/** Rows that may be named in one call. */
const mostRows = 5_000

/** Which cells of a column are asked for. */
export const cellsRequestSchema = z.strictObject({
  /** By the state of the cell; `all` asks also for what is done, and for what people have written. @default 'all' for named rows, else 'empty' */
  which: z.enum(['empty', 'failed', 'stale', 'all']).optional(),
  /** Only these rows. @default all */
  rows: z.array(rowIdSchema).min(1).max(mostRows).optional(),
  filter: filterSchema.optional(),
  /** Id of a view: only rows that it shows, as it is now. @default all */
  view: z.string().min(1).max(60).optional(),
})

export const runRequestSchema = cellsRequestSchema.extend({
  /** Cells at most. @default the fill's `limits.perRun` */
  limit: z.int().min(1).max(1_000_000_000).optional(),
  /** What may be spent at most, in the unit of the part. @default no limit */
  maxCost: z.number().min(0).max(1_000_000_000).optional(),
})

export type CellsRequest = z.input<typeof cellsRequestSchema>
export type CellsRunRequest = z.input<typeof runRequestSchema>
