import * as z from 'zod'
import { limits } from '../catalog/limits.ts'
import { aggregatesSchema } from '../query/aggregate.ts'
import { filterSchema } from '../query/filter.ts'
import { groupBySchema } from '../query/group-by.ts'
import { sortSchema } from '../query/sort.ts'
import { say } from '../sentences/say.ts'
import type { BulkTarget } from '../store/bulk-rows.ts'
import { rowInputsSchema } from '../store/insert-rows.ts'
import type { CellsInput } from '../store/prepare-cells.ts'
import { rowIdSchema } from '../store/row-id.ts'
import { rowPlaceSchema } from '../store/row-place.ts'
import { rowUpdatesSchema } from '../store/update-rows.ts'
import { upsertMatchSchema } from '../store/upsert-rows.ts'
import type { Json } from '../values/json.ts'
import type { UnsavedView } from '../views/read-through-view.ts'
import { idSchema, inRow, inTable, limitSchema, listShape } from './shared.ts'

/** Of an unsaved view the read checks the members. */
const throughView = {
  view: z
    .union([idSchema, z.looseObject({ of: idSchema.optional() }).transform((view): UnsavedView => view)])
    .optional(),
}
const query = {
  ...inTable,
  ...throughView,
  filter: filterSchema.optional(),
  sort: sortSchema.optional(),
  columns: z.array(idSchema).max(limits.columnsPerTable).optional(),
}
const filtered = { ...inTable, ...throughView, filter: filterSchema.optional() }

const onInvalid = z.enum(['skip', 'keep', 'reject']).optional()
const rowIds = (most: number) =>
  z.array(rowIdSchema).max(most, say('At most {#count} rows in one call.', { count: most }))
const target: z.ZodType<BulkTarget, BulkTarget> = z.union([z.literal('all'), filterSchema])

/** Inputs of `rows`. */
export const rowInputs = {
  insert: z.strictObject({ ...inTable, rows: rowInputsSchema, place: rowPlaceSchema.optional(), onInvalid }),
  update: z.strictObject({ ...inTable, updates: rowUpdatesSchema, onInvalid }),
  updateWhere: z.strictObject({ ...inTable, filter: target, cells: z.custom<CellsInput>() }),
  upsert: z.strictObject({ ...inTable, rows: rowInputsSchema, match: upsertMatchSchema, onInvalid }),
  delete: z.strictObject({ ...inTable, rowIds: rowIds(limits.rowsPerCall) }),
  deleteWhere: z.strictObject({ ...inTable, filter: target }),
  restore: z.strictObject({ ...inTable, rowIds: rowIds(limits.rowsPerCall) }),
  deleted: z.strictObject({ ...inTable, ...listShape }),
  move: z.strictObject({ ...inTable, rowIds: rowIds(limits.rowsPerPage), place: rowPlaceSchema }),
  get: z.strictObject(inRow),
  getMany: z.strictObject({ ...inTable, rowIds: rowIds(limits.rowsPerPage) }),
  page: z.strictObject({ ...query, ...listShape }),
  window: z.strictObject({
    ...query,
    groupBy: groupBySchema.optional(),
    path: z.array(z.custom<Json>()).max(3).optional(),
    offset: z.int().min(0),
    limit: limitSchema.optional(),
  }),
  count: z.strictObject({ ...filtered, exact: z.boolean().optional() }),
  groups: z.strictObject({
    ...filtered,
    groupBy: groupBySchema.optional(),
    path: z.array(z.custom<Json>()).max(3).optional(),
    depth: z.int().min(1).max(3).optional(),
    aggregates: aggregatesSchema.optional(),
    order: z
      .strictObject({
        by: z.union([z.literal('key'), z.literal('count'), z.int().min(0).max(400)]),
        dir: z.enum(['asc', 'desc']).optional(),
      })
      .optional(),
    offset: z.int().min(0).optional(),
    limit: limitSchema.optional(),
  }),
  summary: z.strictObject({ ...filtered, aggregates: aggregatesSchema.optional() }),
  distinct: z.strictObject({
    ...inTable,
    column: idSchema,
    filter: filterSchema.optional(),
    search: z.string().max(1_000).optional(),
    order: z.enum(['count', 'value']).optional(),
    limit: limitSchema.optional(),
  }),
  find: z.strictObject({ ...query, ...listShape, text: z.string().max(1_000), total: z.boolean().optional() }),
  locate: z.strictObject({ ...query, rowId: rowIdSchema, groupBy: groupBySchema.optional() }),
}
