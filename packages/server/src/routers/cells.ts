import { cellInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

export function cellsRouter(procedure: Procedures) {
  return router({
    preview: procedure('cells.preview')
      .input(checked(cellInputs.preview))
      .mutation(({ ctx, input: { tableId, request }, signal }) => ctx.org.cells.preview(tableId, request, { signal })),
    estimate: procedure('cells.estimate')
      .input(checked(cellInputs.estimate))
      .query(({ ctx, input: { tableId, columnId, request }, signal }) =>
        ctx.org.cells.estimate(tableId, columnId, request, { signal }),
      ),
    run: procedure('cells.run')
      .input(checked(cellInputs.run))
      .mutation(({ ctx, input: { tableId, columnId, request, key } }) =>
        ctx.org.cells.run(tableId, columnId, request, { key }),
      ),
    explain: procedure('cells.explain')
      .input(checked(cellInputs.explain))
      .query(({ ctx, input: { tableId, rowId, columnId }, signal }) =>
        ctx.org.cells.explain(tableId, rowId, columnId, { signal }),
      ),
  })
}
