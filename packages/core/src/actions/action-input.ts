import * as z from 'zod'
import type { FillSource } from '../catalog/fill-definition.ts'
import { jsonSchema } from '../catalog/json-input.ts'
import type { Filter } from '../query/filter.ts'

/** Where an input of an action comes from; columns by id. */
const sourceSchema: z.ZodType<FillSource> = z.union([
  z.strictObject({ column: z.string() }),
  z.strictObject({ formula: z.string() }),
  z.strictObject({ value: z.json() }),
]) as z.ZodType<FillSource>

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
  settings: jsonSchema,
  inputs: z.record(z.string(), sourceSchema),
  rows: rowsSchema,
  /** Rows that do not satisfy it are left out. */
  condition: z.custom<Filter>().nullable(),
  /** Id of the column that an output goes to, by its key. */
  output: z.record(z.string(), z.string()),
  /** Cost of a row in the part's unit, as it was when the run was started. */
  costPerRow: z.number().nullable(),
  /** What it is counted in; null if nothing is. */
  unit: z.string().nullable(),
  /** What the run may spend at most. */
  maxCost: z.number().nullable(),
})

export type ActionInput = z.output<typeof actionInputSchema>

/** Rows that the vendor is called for, as they were planned. */
const batchSchema = z.strictObject({
  id: z.string(),
  rows: z.array(z.strictObject({ id: z.string(), inputs: z.json() })),
  /** How often the vendor was away, or refused the call. */
  tries: z.int(),
  /**
   * Not null where its rows are called for one by one, as a process ended over it: those that were put behind the others, since more
   * ended over them.
   */
  alone: z.strictObject({ deferred: z.array(z.string()) }).nullable(),
})

export type ActionBatch = z.output<typeof batchSchema>

export const actionCheckpointSchema = z.strictObject({
  /** Id of the last row that was planned. */
  after: z.string(),
  /** What is called for next; null if nothing is planned. */
  batch: batchSchema.nullable(),
  /** The month that what the batch may cost is put aside in. */
  month: z.string(),
})

export type ActionCheckpoint = z.output<typeof actionCheckpointSchema>
