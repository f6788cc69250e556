import * as z from 'zod'
import { nameSchema } from '../catalog/column-input.ts'
import { limits } from '../catalog/limits.ts'
import { viewChangesSchema, viewInputSchema } from '../views/views.service.ts'
import { inTable, inView, listShape } from './shared.ts'

/** Inputs of `views`. */
export const viewInputs = {
  create: z.strictObject({ ...inTable, view: viewInputSchema }),
  get: z.strictObject(inView),
  list: z.strictObject({ ...inTable, ...listShape, deleted: z.boolean().optional() }),
  update: z.strictObject({ ...inView, changes: viewChangesSchema }),
  rename: z.strictObject({ ...inView, name: nameSchema }),
  duplicate: z.strictObject({
    ...inView,
    name: nameSchema.optional(),
    kind: z.enum(['personal', 'shared']).optional(),
  }),
  move: z.strictObject({ ...inView, place: z.int().min(0).max(limits.viewsPerTable) }),
  delete: z.strictObject(inView),
  restore: z.strictObject(inView),
}
