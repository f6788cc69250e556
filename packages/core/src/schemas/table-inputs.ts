import * as z from 'zod'
import { nameSchema } from '../catalog/column-input.ts'
import { tableChangesSchema, tableInputSchema } from '../store/tables.service.ts'
import { inTable, listShape } from './shared.ts'

/** Inputs of `tables`. */
export const tableInputs = {
  create: tableInputSchema,
  get: z.strictObject(inTable),
  list: z.strictObject({ ...listShape, deleted: z.boolean().optional() }),
  update: z.strictObject({ ...inTable, changes: tableChangesSchema }),
  duplicate: z.strictObject({ ...inTable, name: nameSchema.optional(), rows: z.boolean().optional() }),
  delete: z.strictObject(inTable),
  restore: z.strictObject(inTable),
}
