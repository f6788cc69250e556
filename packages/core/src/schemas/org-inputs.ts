import * as z from 'zod'
import { apiKeyInputSchema } from '../access/api-keys.service.ts'
import { auditHeadSchema, auditQuerySchema } from '../access/audit.service.ts'
import { orgSettingsSchema } from '../store/org-settings.service.ts'
import { exportQuerySchema } from '../transfer/write/export-query.ts'
import { idSchema, inTable, listShape, startKeySchema } from './shared.ts'

/** Inputs of `settings`. */
export const settingsInputs = { update: orgSettingsSchema }

/** Inputs of `advisor`. */
export const advisorInputs = {
  run: z.strictObject({ tableId: idSchema.optional() }),
  explain: z.strictObject(inTable),
}

/** Input of `purge`. */
export const purgeInput = z.strictObject({ before: z.iso.datetime({ offset: true }) })

const runState = z.enum(['queued', 'running', 'paused', 'done', 'failed', 'cancelled'])
const oneRun = z.strictObject({ runId: idSchema })

/** Inputs of `runs`. */
export const runInputs = {
  get: oneRun,
  list: z.strictObject({
    ...listShape,
    tableId: idSchema.optional(),
    kind: z.string().max(100).optional(),
    states: z.array(runState).max(6).optional(),
  }),
  pause: oneRun,
  resume: oneRun,
  cancel: oneRun,
  retry: oneRun.extend({ key: startKeySchema }),
  log: oneRun.extend(listShape),
}

/** Inputs of `keys`. */
export const keyInputs = {
  create: apiKeyInputSchema,
  list: z.strictObject(listShape),
  revoke: z.strictObject({ keyId: idSchema }),
}

/** Inputs of `audit`. */
export const auditInputs = {
  list: auditQuerySchema,
  verify: z.strictObject({ known: auditHeadSchema.optional() }),
}

/** Input of `exports.stream`. */
export const exportInput = z.strictObject({ ...inTable, query: exportQuerySchema })
