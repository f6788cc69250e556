import * as z from 'zod'
import { nameSchema } from '../catalog/column-input.ts'
import { tableChangesSchema, tableInputSchema } from '../store/tables.service.ts'
import type { CopyRequest } from '../transfer/copy/copy-from-table.ts'
import { inTable, listShape, startKeySchema } from './shared.ts'

/** What a request holds, the method checks. */
const copyRequest = z.custom<CopyRequest>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'The request of a copy is an object.',
)

/** Inputs of `tables`. */
export const tableInputs = {
  create: tableInputSchema,
  get: z.strictObject(inTable),
  list: z.strictObject({ ...listShape, deleted: z.boolean().optional() }),
  update: z.strictObject({ ...inTable, changes: tableChangesSchema }),
  copyFrom: z.strictObject({ ...inTable, request: copyRequest, key: startKeySchema }),
  duplicate: z.strictObject({ ...inTable, name: nameSchema.optional(), rows: z.boolean().optional() }),
  delete: z.strictObject(inTable),
  restore: z.strictObject(inTable),
}
