import * as z from 'zod'
import { columnInputSchema } from '../catalog/column-input.ts'
import { columnChangesSchema } from '../store/column-image.ts'
import { placeSchema } from '../store/columns.service.ts'
import { retypeSchema } from '../store/retype-column.ts'
import { inColumn, inTable } from './shared.ts'

/** Inputs of `columns`. */
export const columnInputs = {
  create: z.strictObject({ ...inTable, column: columnInputSchema, place: placeSchema }),
  update: z.strictObject({ ...inColumn, changes: columnChangesSchema }),
  previewRetype: z.strictObject({ ...inColumn, to: retypeSchema }),
  retype: z.strictObject({ ...inColumn, to: retypeSchema, force: z.boolean().optional() }),
  move: z.strictObject({ ...inColumn, place: placeSchema.unwrap() }),
  delete: z.strictObject({ ...inColumn, force: z.boolean().optional() }),
  restore: z.strictObject(inColumn),
}
