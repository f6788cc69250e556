import * as z from 'zod'
import { keySchema, nameSchema } from '../../catalog/column-input.ts'
import { limits } from '../../catalog/limits.ts'
import { fileFormatSchema } from '../read/file-format.ts'
import { columnFactsSchema } from './column-facts.ts'

/** The most characters of a file's header. */
export const longestHeader = 10_000

const newColumnSchema = z.strictObject({
  kind: z.literal('new'),
  name: nameSchema,
  /** Id of a column type. */
  type: z.string().max(100),
  key: keySchema.optional(),
  settings: z.unknown().optional(),
})

const existingColumnSchema = z.strictObject({
  kind: z.literal('existing'),
  /** Id or key of a column of the target. */
  column: z.string().min(1).max(100),
})

/** What becomes of one column of the file. Columns of the file that no entry names are left out. */
export const plannedColumnSchema = z.strictObject({
  /** Place of the column in the file's records, from 0. */
  index: z.int().min(0).max(16_383),
  /** The file's header of it, as found; kept so that the mapping can be used for the next file of the kind. */
  header: z.string().max(longestHeader),
  to: z.discriminatedUnion('kind', [newColumnSchema, existingColumnSchema]),
  facts: columnFactsSchema.default({}),
})

/**
 * All decisions about an import: how the file is read, where its columns go, how their texts are meant.
 * `proposePlan` fills it in; everything may be changed.
 */
export const importPlanSchema = z.strictObject({
  format: fileFormatSchema,
  target: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('new'), name: nameSchema }),
    z.strictObject({ kind: z.literal('existing'), tableId: z.string().min(1).max(100) }),
  ]),
  columns: z.array(plannedColumnSchema).min(1).max(limits.columnsPerTable),
  /** The file's headers, in the order of its records: `columns` of `readRecords`. */
  sourceColumns: z.array(z.string().max(longestHeader)).max(16_384).optional(),
})

export type ImportPlan = z.output<typeof importPlanSchema>
export type ImportPlanInput = z.input<typeof importPlanSchema>
export type PlannedColumn = z.output<typeof plannedColumnSchema>
