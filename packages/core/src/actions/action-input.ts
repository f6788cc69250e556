import * as z from 'zod'
import type { Filter } from '../query/filter.ts'

/** Where an input of an action comes from; columns by id. */
const sourceSchema = z.union([z.strictObject({ column: z.string() }), z.strictObject({ value: z.json() })])

/** Which rows an action is for. */
const rowsSchema = z.union([
  z.strictObject({ ids: z.array(z.string()) }),
  z.strictObject({ filter: z.custom<Filter>().nullable() }),
])

/** What an action run is started with. */
export const actionInputSchema = z.strictObject({
  plugin: z.string(),
  /** Of the plugin when it was started. */
  version: z.string(),
  part: z.string(),
  connectionId: z.string().nullable(),
  settings: z.json(),
  inputs: z.record(z.string(), sourceSchema),
  rows: rowsSchema,
  /** Rows that do not satisfy it are left out. */
  condition: z.custom<Filter>().nullable(),
  /** Id of the column that an output goes to, by its key. */
  output: z.record(z.string(), z.string()),
  /** Cost of a row in the part's unit, as it was when the run was started. */
  costPerRow: z.number().nullable(),
})

export type ActionInput = z.output<typeof actionInputSchema>

/** Rows that the vendor is called for, as they were planned. */
const batchSchema = z.strictObject({
  id: z.string(),
  rows: z.array(z.strictObject({ id: z.string(), inputs: z.json() })),
  /** How often the vendor was away, or refused the call. */
  tries: z.int(),
})

export type ActionBatch = z.output<typeof batchSchema>

export const actionCheckpointSchema = z.strictObject({
  /** Id of the last row that was planned. */
  after: z.string(),
  /** What is called for next; null if nothing is planned. */
  batch: batchSchema.nullable(),
})

export type ActionCheckpoint = z.output<typeof actionCheckpointSchema>
