import * as z from 'zod'
import { actionLogSchema } from '../actions/action-log.ts'
import { actionRequestSchema } from '../actions/action-request.ts'
import { feedChangesSchema, feedInputSchema } from '../feeds/feeds.service.ts'
import { sourceFields, sourceRequestSchema } from '../feeds/start-source.ts'
import { nextRunsSchema, type ScheduleChanges, type ScheduleInput } from '../queue/schedules.service.ts'
import { idSchema, inTable, listShape, startKeySchema } from './shared.ts'

/** Null: a table that is made. */
const target = { tableId: idSchema.nullable() }
const ofFeed = z.strictObject({ feedId: idSchema })
const ofSchedule = z.strictObject({ scheduleId: idSchema })
const { plugin, part, connectionId, settings } = sourceFields

/** Inputs of `sources`. */
export const sourceInputs = {
  preview: z.strictObject({ plugin, part, connectionId, settings }),
  start: z.strictObject({ ...target, request: sourceRequestSchema, key: startKeySchema }),
  problems: z.strictObject({ runId: idSchema }),
  create: z.strictObject({ ...target, feed: feedInputSchema }),
  get: ofFeed,
  list: z.strictObject({ ...listShape, tableId: idSchema.optional(), connectionId: idSchema.optional() }),
  update: ofFeed.extend({ changes: feedChangesSchema }),
  delete: ofFeed,
  sync: ofFeed.extend({ full: z.boolean().optional() }),
}

/** Inputs of `actions`. */
export const actionInputs = {
  estimate: z.strictObject({ ...inTable, request: actionRequestSchema }),
  start: z.strictObject({ ...inTable, request: actionRequestSchema, key: startKeySchema }),
  retry: z.strictObject({ runId: idSchema, unknown: z.boolean().optional(), key: startKeySchema }),
  log: z.strictObject({
    ...listShape,
    runId: idSchema,
    states: actionLogSchema.shape.states,
    codes: actionLogSchema.shape.codes,
  }),
}

/** An object, which the method itself checks. */
const anObject = <T>() =>
  z.custom<T>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'It is an object.')

/** Inputs of `schedules`. */
export const scheduleInputs = {
  create: z.strictObject({ schedule: anObject<ScheduleInput>() }),
  get: ofSchedule,
  list: z.strictObject(listShape),
  nextRuns: nextRunsSchema,
  update: ofSchedule.extend({ changes: anObject<ScheduleChanges>() }),
  delete: ofSchedule,
}
