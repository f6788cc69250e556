import { historyInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

export function historyRouter(procedure: Procedures) {
  return router({
    row: procedure('history.row')
      .input(checked(historyInputs.row))
      .query(({ ctx, input: { tableId, rowId, ...page }, signal }) =>
        ctx.org.history.row(tableId, rowId, { ...page, signal }),
      ),
    cell: procedure('history.cell')
      .input(checked(historyInputs.cell))
      .query(({ ctx, input: { tableId, rowId, columnId, ...page }, signal }) =>
        ctx.org.history.cell(tableId, rowId, columnId, { ...page, signal }),
      ),
    table: procedure('history.table')
      .input(checked(historyInputs.table))
      .query(({ ctx, input: { tableId, ...page }, signal }) => ctx.org.history.table(tableId, { ...page, signal })),
  })
}
