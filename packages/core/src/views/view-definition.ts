import * as z from 'zod'
import { limits } from '../catalog/limits.ts'
import { type Filter, filterSchema } from '../query/filter.ts'
import { type GroupBy, groupBySchema } from '../query/group-by.ts'
import { type Sort, sortSchema } from '../query/sort.ts'
import { say } from '../sentences/say.ts'
import { type AggregateId, aggregateIds } from '../values/aggregate.ts'
import { type ViewStyle, viewStyleSchema } from './view-style.ts'

/** A stored definition is at most this long as JSON. */
export const maxDefinitionBytes = 100_000

/** Formatting rules of one view. */
const maxFormatRules = 50

const columnName = z.string().min(1).max(300)

const columnSchema = z.strictObject({
  column: columnName,
  visible: z.boolean().optional(),
  width: z.int().min(40).max(2_000).optional(),
  summary: z.enum(aggregateIds).nullable().optional(),
})

const formatSchema = z.strictObject({
  filter: filterSchema,
  target: z.union([z.literal('row'), z.strictObject({ column: columnName })]),
  style: viewStyleSchema,
})

const pinned = z.int().min(0).max(20)

/** For whoever shows rows; the grid of `@opslayer/react` makes them 32, 36 and 56 px high. */
export const rowHeights = ['short', 'medium', 'tall'] as const

export type RowHeight = (typeof rowHeights)[number]

/** Shape of a definition; whether it fits its table is for `checkDefinition`. Members that are left out stay as they are. */
export const definitionSchema = z.strictObject({
  filter: filterSchema.nullable().optional(),
  sorts: sortSchema.optional(),
  groupBy: z.union([z.tuple([]), groupBySchema]).optional(),
  columns: z.array(columnSchema).max(limits.columnsPerTable).readonly().optional(),
  pinned: z.strictObject({ left: pinned, right: pinned }).optional(),
  rowHeight: z.enum(rowHeights).optional(),
  formats: z
    .array(formatSchema)
    .max(maxFormatRules, say('A view has at most {#count} formatting rules.', { count: maxFormatRules }))
    .readonly()
    .optional(),
})

/** What a view shows and how. In definitions that opslayer gives, columns and options go by id. */
export interface ViewDefinition {
  /** null for every row. */
  readonly filter: Filter | null
  /** At most 5. */
  readonly sorts: readonly Sort[]
  /** At most 3. */
  readonly groupBy: readonly GroupBy[]
  /** Columns in their order; those of the table that are not listed follow, each as visible as it is in the table. */
  readonly columns: readonly ViewColumn[]
  /** How many visible columns stay in place at either side; at most 20. */
  readonly pinned: { readonly left: number; readonly right: number }
  readonly rowHeight: RowHeight
  /** Of the rules for one target the first that a row satisfies decides. At most 50. */
  readonly formats: readonly FormatRule[]
}

export interface ViewColumn {
  readonly column: string
  /** @default as the table has it */
  readonly visible?: boolean | undefined
  /** Pixels, 40 to 2,000. @default by the column's type */
  readonly width?: number | undefined
  /** Function of the summary row. @default none */
  readonly summary?: AggregateId | null | undefined
}

/** Rows that satisfy the filter look like this, whole or in one column. */
export interface FormatRule {
  readonly filter: Filter
  readonly target: 'row' | { readonly column: string }
  readonly style: ViewStyle
}

/** A definition to be stored: columns by key, id or exact name, options by id or name. */
export type ViewDefinitionInput = { readonly [Member in keyof ViewDefinition]?: ViewDefinition[Member] | undefined }

/** Every row and column, in the users' order. */
export const emptyDefinition: ViewDefinition = {
  filter: null,
  sorts: [],
  groupBy: [],
  columns: [],
  pinned: { left: 0, right: 0 },
  rowHeight: 'medium',
  formats: [],
}
