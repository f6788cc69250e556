import { columnInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

export function columnsRouter(procedure: Procedures) {
  return router({
    create: procedure('columns.create')
      .input(checked(columnInputs.create))
      .mutation(({ ctx, input: { tableId, column, place } }) => ctx.org.columns.create(tableId, column, { place })),
    update: procedure('columns.update')
      .input(checked(columnInputs.update))
      .mutation(({ ctx, input: { tableId, columnId, changes } }) => ctx.org.columns.update(tableId, columnId, changes)),
    previewRetype: procedure('columns.previewRetype')
      .input(checked(columnInputs.previewRetype))
      .query(({ ctx, input: { tableId, columnId, to }, signal }) =>
        ctx.org.columns.previewRetype(tableId, columnId, to, { signal }),
      ),
    retype: procedure('columns.retype')
      .input(checked(columnInputs.retype))
      .mutation(({ ctx, input: { tableId, columnId, to, force }, signal }) =>
        ctx.org.columns.retype(tableId, columnId, to, { force, signal }),
      ),
    move: procedure('columns.move')
      .input(checked(columnInputs.move))
      .mutation(({ ctx, input: { tableId, columnId, place } }) => ctx.org.columns.move(tableId, columnId, place)),
    delete: procedure('columns.delete')
      .input(checked(columnInputs.delete))
      .mutation(({ ctx, input: { tableId, columnId, force } }) => ctx.org.columns.delete(tableId, columnId, { force })),
    restore: procedure('columns.restore')
      .input(checked(columnInputs.restore))
      .mutation(({ ctx, input: { tableId, columnId } }) => ctx.org.columns.restore(tableId, columnId)),
  })
}
