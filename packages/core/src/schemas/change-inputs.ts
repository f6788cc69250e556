import * as z from 'zod'
import { limits } from '../catalog/limits.ts'
import { readerCursorSchema } from '../changes/reader-cursor.ts'
import { operationIdSchema } from '../changes/undo.service.ts'
import { rowIdSchema } from '../store/row-id.ts'
import { idSchema, inRow, inTable, listShape } from './shared.ts'

/** Inputs of `changes`. */
export const changeInputs = {
  read: z.strictObject({
    after: z.string().max(200).optional(),
    limit: z.int().min(1).max(1_000).optional(),
    values: z.boolean().optional(),
  }),
  prune: z.strictObject({ olderThan: z.iso.datetime({ offset: true }).optional() }),
}

/** A table of which the client shows some rows. */
const windowSchema = z.strictObject({
  tableId: idSchema,
  /** The rows on screen. */
  rowIds: z.array(rowIdSchema).max(500),
  /** Columns that say which rows are on screen: those of the filter, the sorts and the groups. */
  placedBy: z.array(idSchema).max(limits.columnsPerTable).default([]),
})

/** Inputs of `live`, the servers' streams of changes. */
export const liveInputs = {
  changes: z.strictObject({
    /** Only of these tables. @default all */
    tableIds: z.array(idSchema).max(100).optional(),
    /** Of changed cells only those of these columns. @default all */
    columnIds: z.array(idSchema).max(limits.columnsPerTable).optional(),
    /**
     * Tables of which only some rows are on screen. Edits of other rows are told where they may bring a row onto the screen
     * or take one away, and rows that come, go or move always are. @default all rows
     */
    windows: z.array(windowSchema).max(20).optional(),
    /** Id of the last event that the client got: where it goes on. */
    lastEventId: readerCursorSchema.nullish(),
  }),
  run: z.strictObject({ runId: idSchema, lastEventId: z.string().max(200).nullish() }),
}

/** Inputs of `history`. */
export const historyInputs = {
  row: z.strictObject({ ...inRow, ...listShape }),
  cell: z.strictObject({ ...inRow, columnId: idSchema, ...listShape }),
  table: z.strictObject({ ...inTable, ...listShape }),
}

/** Input of `undoOperation`. */
export const undoOperationInput = z.strictObject({ operationId: operationIdSchema })
