import { runInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

export function runsRouter(procedure: Procedures) {
  return router({
    get: procedure('runs.get')
      .input(checked(runInputs.get))
      .query(({ ctx, input, signal }) => ctx.org.runs.get(input.runId, { signal })),
    list: procedure('runs.list')
      .input(checked(runInputs.list))
      .query(({ ctx, input, signal }) => ctx.org.runs.list({ ...input, signal })),
    pause: procedure('runs.pause')
      .input(checked(runInputs.pause))
      .mutation(({ ctx, input }) => ctx.org.runs.pause(input.runId)),
    resume: procedure('runs.resume')
      .input(checked(runInputs.resume))
      .mutation(({ ctx, input }) => ctx.org.runs.resume(input.runId)),
    log: procedure('runs.log')
      .input(checked(runInputs.log))
      .query(({ ctx, input: { runId, ...query }, signal }) => ctx.org.runs.log(runId, { ...query, signal })),
    retry: procedure('runs.retry')
      .input(checked(runInputs.retry))
      .mutation(({ ctx, input }) => ctx.org.runs.retry(input.runId, { key: input.key })),
    cancel: procedure('runs.cancel')
      .input(checked(runInputs.cancel))
      .mutation(({ ctx, input }) => ctx.org.runs.cancel(input.runId)),
  })
}
