import { tableInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

export function tablesRouter(procedure: Procedures) {
  return router({
    create: procedure('tables.create')
      .input(checked(tableInputs.create))
      .mutation(({ ctx, input }) => ctx.org.tables.create(input)),
    get: procedure('tables.get')
      .input(checked(tableInputs.get))
      .query(({ ctx, input, signal }) => ctx.org.tables.get(input.tableId, { signal })),
    list: procedure('tables.list')
      .input(checked(tableInputs.list))
      .query(({ ctx, input, signal }) => ctx.org.tables.list({ ...input, signal })),
    update: procedure('tables.update')
      .input(checked(tableInputs.update))
      .mutation(({ ctx, input }) => ctx.org.tables.update(input.tableId, input.changes)),
    duplicate: procedure('tables.duplicate')
      .input(checked(tableInputs.duplicate))
      .mutation(({ ctx, input: { tableId, ...options }, signal }) =>
        ctx.org.tables.duplicate(tableId, { ...options, signal }),
      ),
    copyFrom: procedure('tables.copyFrom')
      .input(checked(tableInputs.copyFrom))
      .mutation(({ ctx, input: { tableId, request, key } }) => ctx.org.tables.copyFrom(tableId, request, { key })),
    delete: procedure('tables.delete')
      .input(checked(tableInputs.delete))
      .mutation(({ ctx, input }) => ctx.org.tables.delete(input.tableId)),
    restore: procedure('tables.restore')
      .input(checked(tableInputs.restore))
      .mutation(({ ctx, input }) => ctx.org.tables.restore(input.tableId)),
  })
}
