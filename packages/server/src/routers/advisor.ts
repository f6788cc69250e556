import { advisorInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

export function advisorRouter(procedure: Procedures) {
  return router({
    run: procedure('advisor.run')
      .input(checked(advisorInputs.run))
      .mutation(({ ctx, input, signal }) => ctx.org.advisor.run({ ...input, signal })),
    explain: procedure('advisor.explain')
      .input(checked(advisorInputs.explain))
      .query(({ ctx, input, signal }) => ctx.org.advisor.explain(input.tableId, { signal })),
  })
}
