import { scheduleInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

export function schedulesRouter(procedure: Procedures) {
  return router({
    create: procedure('schedules.create')
      .input(checked(scheduleInputs.create))
      .mutation(({ ctx, input }) => ctx.org.schedules.create(input.schedule)),
    get: procedure('schedules.get')
      .input(checked(scheduleInputs.get))
      .query(({ ctx, input, signal }) => ctx.org.schedules.get(input.scheduleId, { signal })),
    list: procedure('schedules.list')
      .input(checked(scheduleInputs.list))
      .query(({ ctx, input, signal }) => ctx.org.schedules.list({ ...input, signal })),
    nextRuns: procedure('schedules.nextRuns')
      .input(checked(scheduleInputs.nextRuns))
      .query(({ ctx, input, signal }) => ctx.org.schedules.nextRuns({ ...input, signal })),
    update: procedure('schedules.update')
      .input(checked(scheduleInputs.update))
      .mutation(({ ctx, input }) => ctx.org.schedules.update(input.scheduleId, input.changes)),
    delete: procedure('schedules.delete')
      .input(checked(scheduleInputs.delete))
      .mutation(({ ctx, input }) => ctx.org.schedules.delete(input.scheduleId)),
  })
}
