import * as z from 'zod'
import { operationIdSchema } from '../changes/undo.service.ts'
import { idSchema, inRow, inTable, listShape } from './shared.ts'

/** Inputs of `changes`. */
export const changeInputs = {
  read: z.strictObject({
    after: z.string().max(200).optional(),
    limit: z.int().min(1).max(1_000).optional(),
    values: z.boolean().optional(),
  }),
  end: z.strictObject({}).optional(),
  prune: z.strictObject({ olderThan: z.iso.datetime({ offset: true }).optional() }),
}

/** Inputs of `history`. */
export const historyInputs = {
  row: z.strictObject({ ...inRow, ...listShape }),
  cell: z.strictObject({ ...inRow, columnId: idSchema, ...listShape }),
  table: z.strictObject({ ...inTable, ...listShape }),
}

/** Input of `undoOperation`. */
export const undoOperationInput = z.strictObject({ operationId: operationIdSchema })
