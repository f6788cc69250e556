import { actionInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

export function actionsRouter(procedure: Procedures) {
  return router({
    estimate: procedure('actions.estimate')
      .input(checked(actionInputs.estimate))
      .mutation(({ ctx, input, signal }) => ctx.org.actions.estimate(input.tableId, input.request, { signal })),
    start: procedure('actions.start')
      .input(checked(actionInputs.start))
      .mutation(({ ctx, input }) => ctx.org.actions.start(input.tableId, input.request, { key: input.key })),
    retry: procedure('actions.retry')
      .input(checked(actionInputs.retry))
      .mutation(({ ctx, input: { runId, unknown, key } }) => ctx.org.actions.retry(runId, { unknown, key })),
    log: procedure('actions.log')
      .input(checked(actionInputs.log))
      .query(({ ctx, input: { runId, ...query }, signal }) => ctx.org.actions.log(runId, { ...query, signal })),
  })
}
