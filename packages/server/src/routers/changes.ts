import { changeInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

export function changesRouter(procedure: Procedures) {
  return router({
    read: procedure('changes.read')
      .input(checked(changeInputs.read))
      .query(({ ctx, input, signal }) => ctx.org.changes.read(input, { signal })),
    end: procedure('changes.end').query(({ ctx, signal }) => ctx.org.changes.end({ signal })),
    prune: procedure('changes.prune')
      .input(checked(changeInputs.prune))
      .mutation(({ ctx, input: { olderThan }, signal }) =>
        ctx.org.changes.prune({ olderThan: olderThan === undefined ? undefined : new Date(olderThan), signal }),
      ),
  })
}
