import { budgetInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

export function budgetsRouter(procedure: Procedures) {
  return router({
    set: procedure('budgets.set')
      .input(checked(budgetInputs.set))
      .mutation(({ ctx, input }) => ctx.org.budgets.set(input)),
    list: procedure('budgets.list')
      .input(checked(budgetInputs.list))
      .query(({ ctx, signal }) => ctx.org.budgets.list({ signal })),
    spend: procedure('budgets.spend')
      .input(checked(budgetInputs.spend))
      .query(({ ctx, input, signal }) => ctx.org.budgets.spend(input, { signal })),
  })
}
