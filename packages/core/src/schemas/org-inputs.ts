import * as z from 'zod'
import { orgSettingsSchema } from '../store/org-settings.service.ts'
import { idSchema, inTable } from './shared.ts'

/** Inputs of `settings`. */
export const settingsInputs = { update: orgSettingsSchema }

/** Inputs of `advisor`. */
export const advisorInputs = {
  run: z.strictObject({ tableId: idSchema.optional() }),
  explain: z.strictObject(inTable),
}

/** Input of `purge`. */
export const purgeInput = z.strictObject({ before: z.iso.datetime({ offset: true }) })
