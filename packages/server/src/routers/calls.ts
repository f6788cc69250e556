import { callInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

/** What plugins sent out. */
export function callsRouter(procedure: Procedures) {
  return router({
    list: procedure('calls.list')
      .input(checked(callInputs.list))
      .query(({ ctx, input, signal }) => ctx.org.calls.list(input, { signal })),
    sums: procedure('calls.sums')
      .input(checked(callInputs.sums))
      .query(({ ctx, input, signal }) => ctx.org.calls.sums(input, { signal })),
  })
}
