import { formulaInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

export function formulasRouter(procedure: Procedures) {
  return router({
    check: procedure('formulas.check')
      .input(checked(formulaInputs.check))
      .query(({ ctx, input: { tableId, source, columnId }, signal }) =>
        ctx.org.formulas.check(tableId, source, { columnId, signal }),
      ),
    preview: procedure('formulas.preview')
      .input(checked(formulaInputs.preview))
      .query(({ ctx, input: { tableId, source, ...options }, signal }) =>
        ctx.org.formulas.preview(tableId, source, { ...options, signal }),
      ),
    functions: procedure('formulas.functions')
      .input(checked(formulaInputs.functions))
      .query(({ ctx, input }) => ctx.org.formulas.functions(input)),
    recompute: procedure('formulas.recompute')
      .input(checked(formulaInputs.recompute))
      .mutation(({ ctx, input: { tableId, columns } }) => ctx.org.formulas.recompute(tableId, { columns })),
    refresh: procedure('formulas.refresh')
      .input(checked(formulaInputs.refresh))
      .mutation(({ ctx, input, signal }) => ctx.org.formulas.refresh({ ...input, signal })),
  })
}
