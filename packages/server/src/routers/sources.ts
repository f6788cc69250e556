import { sourceInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

export function sourcesRouter(procedure: Procedures) {
  return router({
    preview: procedure('sources.preview')
      .input(checked(sourceInputs.preview))
      .mutation(({ ctx, input, signal }) => ctx.org.sources.preview(input, { signal })),
    start: procedure('sources.start')
      .input(checked(sourceInputs.start))
      .mutation(({ ctx, input }) => ctx.org.sources.start(input.tableId, input.request, { key: input.key })),
    problems: procedure('sources.problems')
      .input(checked(sourceInputs.problems))
      .query(({ ctx, input, signal }) => ctx.org.sources.problems(input.runId, { signal })),
    create: procedure('sources.create')
      .input(checked(sourceInputs.create))
      .mutation(({ ctx, input }) => ctx.org.sources.create(input.tableId, input.feed)),
    get: procedure('sources.get')
      .input(checked(sourceInputs.get))
      .query(({ ctx, input, signal }) => ctx.org.sources.get(input.feedId, { signal })),
    list: procedure('sources.list')
      .input(checked(sourceInputs.list))
      .query(({ ctx, input, signal }) => ctx.org.sources.list({ ...input, signal })),
    update: procedure('sources.update')
      .input(checked(sourceInputs.update))
      .mutation(({ ctx, input }) => ctx.org.sources.update(input.feedId, input.changes)),
    delete: procedure('sources.delete')
      .input(checked(sourceInputs.delete))
      .mutation(({ ctx, input }) => ctx.org.sources.delete(input.feedId)),
    sync: procedure('sources.sync')
      .input(checked(sourceInputs.sync))
      .mutation(({ ctx, input: { feedId, full } }) => ctx.org.sources.sync(feedId, { full })),
  })
}
