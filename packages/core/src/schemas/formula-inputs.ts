import * as z from 'zod'
import { sourceSchema } from '../catalog/column-input.ts'
import { functionsQuerySchema } from '../store/formulas/list-functions.ts'
import { previewOptionsSchema } from '../store/formulas/preview-formula.ts'
import { recomputeColumnsSchema } from '../store/formulas/recompute-formulas.ts'
import { idSchema, inTable } from './shared.ts'

/** Inputs of `formulas`. */
export const formulaInputs = {
  check: z.strictObject({ ...inTable, source: sourceSchema, columnId: idSchema.optional() }),
  preview: z.strictObject({ ...inTable, source: sourceSchema, ...previewOptionsSchema.shape }),
  functions: functionsQuerySchema,
  recompute: z.strictObject({ ...inTable, columns: recomputeColumnsSchema }),
  refresh: z.strictObject({ tableId: idSchema.optional() }),
}
