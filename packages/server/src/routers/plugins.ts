import { pluginInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

export function pluginsRouter(procedure: Procedures) {
  return router({
    list: procedure('plugins.list')
      .input(checked(pluginInputs.list))
      .query(({ ctx, input, signal }) => ctx.org.plugins.list({ ...input, signal })),
    options: procedure('plugins.options')
      .input(checked(pluginInputs.options))
      .query(({ ctx, input, signal }) => ctx.org.plugins.options(input, { signal })),
  })
}
