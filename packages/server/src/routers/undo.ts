import { undoOperationInput } from '@opslayer/core/schemas'
import { checked, type Procedures, router } from '../trpc.ts'

export function undoRouter(procedure: Procedures) {
  return router({
    undo: procedure('undo.undo').mutation(({ ctx, signal }) => ctx.org.undo({ signal })),
    redo: procedure('undo.redo').mutation(({ ctx, signal }) => ctx.org.redo({ signal })),
    operation: procedure('undo.operation')
      .input(checked(undoOperationInput))
      .mutation(({ ctx, input, signal }) => ctx.org.undoOperation(input.operationId, { signal })),
    state: procedure('undo.state').query(({ ctx, signal }) => ctx.org.undoState({ signal })),
  })
}
