import { settingsInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

export function settingsRouter(procedure: Procedures) {
  return router({
    get: procedure('settings.get').query(({ ctx, signal }) => ctx.org.settings.get({ signal })),
    update: procedure('settings.update')
      .input(checked(settingsInputs.update))
      .mutation(({ ctx, input }) => ctx.org.settings.update(input)),
  })
}
