import { rowInputs } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

/**
 * A short write is not given the request's signal: a client that leaves has not taken its edit back. Writes over many
 * rows are, and what they did until then is one operation that can be undone.
 */
export function rowsRouter(procedure: Procedures) {
  return router({
    insert: procedure('rows.insert')
      .input(checked(rowInputs.insert))
      .mutation(({ ctx, input: { tableId, rows, ...options } }) => ctx.org.rows.insert(tableId, rows, options)),
    update: procedure('rows.update')
      .input(checked(rowInputs.update))
      .mutation(({ ctx, input: { tableId, updates, ...options } }) => ctx.org.rows.update(tableId, updates, options)),
    updateWhere: procedure('rows.updateWhere')
      .input(checked(rowInputs.updateWhere))
      .mutation(({ ctx, input: { tableId, filter, cells }, signal }) =>
        ctx.org.rows.updateWhere(tableId, filter, cells, { signal }),
      ),
    upsert: procedure('rows.upsert')
      .input(checked(rowInputs.upsert))
      .mutation(({ ctx, input: { tableId, rows, ...options } }) => ctx.org.rows.upsert(tableId, rows, options)),
    delete: procedure('rows.delete')
      .input(checked(rowInputs.delete))
      .mutation(({ ctx, input: { tableId, rowIds } }) => ctx.org.rows.delete(tableId, rowIds)),
    deleteWhere: procedure('rows.deleteWhere')
      .input(checked(rowInputs.deleteWhere))
      .mutation(({ ctx, input: { tableId, filter }, signal }) => ctx.org.rows.deleteWhere(tableId, filter, { signal })),
    restore: procedure('rows.restore')
      .input(checked(rowInputs.restore))
      .mutation(({ ctx, input: { tableId, rowIds } }) => ctx.org.rows.restore(tableId, rowIds)),
    move: procedure('rows.move')
      .input(checked(rowInputs.move))
      .mutation(({ ctx, input: { tableId, rowIds, place } }) => ctx.org.rows.move(tableId, rowIds, place)),
    deleted: procedure('rows.deleted')
      .input(checked(rowInputs.deleted))
      .query(({ ctx, input: { tableId, ...options }, signal }) =>
        ctx.org.rows.deleted(tableId, { ...options, signal }),
      ),
    get: procedure('rows.get')
      .input(checked(rowInputs.get))
      .query(({ ctx, input: { tableId, rowId }, signal }) => ctx.org.rows.get(tableId, rowId, { signal })),
    getMany: procedure('rows.getMany')
      .input(checked(rowInputs.getMany))
      .query(({ ctx, input: { tableId, rowIds }, signal }) => ctx.org.rows.getMany(tableId, rowIds, { signal })),
    page: procedure('rows.page')
      .input(checked(rowInputs.page))
      .query(({ ctx, input: { tableId, ...query }, signal }) => ctx.org.rows.page(tableId, query, { signal })),
    window: procedure('rows.window')
      .input(checked(rowInputs.window))
      .query(({ ctx, input: { tableId, ...query }, signal }) => ctx.org.rows.window(tableId, query, { signal })),
    count: procedure('rows.count')
      .input(checked(rowInputs.count))
      .query(({ ctx, input: { tableId, ...query }, signal }) => ctx.org.rows.count(tableId, query, { signal })),
    groups: procedure('rows.groups')
      .input(checked(rowInputs.groups))
      .query(({ ctx, input: { tableId, ...query }, signal }) => ctx.org.rows.groups(tableId, query, { signal })),
    summary: procedure('rows.summary')
      .input(checked(rowInputs.summary))
      .query(({ ctx, input: { tableId, ...query }, signal }) => ctx.org.rows.summary(tableId, query, { signal })),
    distinct: procedure('rows.distinct')
      .input(checked(rowInputs.distinct))
      .query(({ ctx, input: { tableId, ...query }, signal }) => ctx.org.rows.distinct(tableId, query, { signal })),
    find: procedure('rows.find')
      .input(checked(rowInputs.find))
      .query(({ ctx, input: { tableId, ...query }, signal }) => ctx.org.rows.find(tableId, query, { signal })),
    locate: procedure('rows.locate')
      .input(checked(rowInputs.locate))
      .query(({ ctx, input: { tableId, ...query }, signal }) => ctx.org.rows.locate(tableId, query, { signal })),
  })
}
