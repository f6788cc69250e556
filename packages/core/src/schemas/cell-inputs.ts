import * as z from 'zod'
import { budgetSchema, spendQuerySchema } from '../cells/budgets.service.ts'
import { cellsRequestSchema, runRequestSchema } from '../cells/cell-requests.ts'
import { previewSchema } from '../cells/preview-cells.ts'
import { inColumn, inRow, inTable, startKeySchema } from './shared.ts'

/** Inputs of `cells`. */
export const cellInputs = {
  preview: z.strictObject({ ...inTable, request: previewSchema }),
  estimate: z.strictObject({ ...inColumn, request: cellsRequestSchema.optional() }),
  run: z.strictObject({ ...inColumn, request: runRequestSchema.optional(), key: startKeySchema }),
  explain: z.strictObject({ ...inRow, columnId: inColumn.columnId }),
}

/** Inputs of `budgets`. */
export const budgetInputs = { set: budgetSchema, list: z.strictObject({}), spend: spendQuerySchema }
