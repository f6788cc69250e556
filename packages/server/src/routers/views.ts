import { viewInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

export function viewsRouter(procedure: Procedures) {
  return router({
    create: procedure('views.create')
      .input(checked(viewInputs.create))
      .mutation(({ ctx, input: { tableId, view } }) => ctx.org.views.create(tableId, view)),
    get: procedure('views.get')
      .input(checked(viewInputs.get))
      .query(({ ctx, input: { tableId, viewId }, signal }) => ctx.org.views.get(tableId, viewId, { signal })),
    list: procedure('views.list')
      .input(checked(viewInputs.list))
      .query(({ ctx, input: { tableId, ...options }, signal }) => ctx.org.views.list(tableId, { ...options, signal })),
    update: procedure('views.update')
      .input(checked(viewInputs.update))
      .mutation(({ ctx, input: { tableId, viewId, changes } }) => ctx.org.views.update(tableId, viewId, changes)),
    rename: procedure('views.rename')
      .input(checked(viewInputs.rename))
      .mutation(({ ctx, input: { tableId, viewId, name } }) => ctx.org.views.rename(tableId, viewId, name)),
    duplicate: procedure('views.duplicate')
      .input(checked(viewInputs.duplicate))
      .mutation(({ ctx, input: { tableId, viewId, ...options } }) => ctx.org.views.duplicate(tableId, viewId, options)),
    move: procedure('views.move')
      .input(checked(viewInputs.move))
      .mutation(({ ctx, input: { tableId, viewId, place } }) => ctx.org.views.move(tableId, viewId, place)),
    delete: procedure('views.delete')
      .input(checked(viewInputs.delete))
      .mutation(({ ctx, input: { tableId, viewId } }) => ctx.org.views.delete(tableId, viewId)),
    restore: procedure('views.restore')
      .input(checked(viewInputs.restore))
      .mutation(({ ctx, input: { tableId, viewId } }) => ctx.org.views.restore(tableId, viewId)),
  })
}
