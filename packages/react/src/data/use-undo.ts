import type { RevertResult } from './client/history-calls.ts'
import { useData } from './data-context.ts'
import { queryKeys } from './query-keys.ts'
import { useMay } from './use-may.ts'
import { useOpsMutation } from './use-ops-mutation.ts'
import { useOpsQuery } from './use-ops-query.ts'

/** Several steps are taken as one: nothing that the user does meanwhile comes between them. */
export interface UndoSteps {
  readonly way: 'undo' | 'redo'
  /** How many; asked for once all that the user did before is saved. */
  count(): Promise<number>
  /** Hears how many were taken before anything comes after them. */
  onTaken(count: number): void
}

/** What the user's next undo and redo would do, and doing it. */
export function useUndo() {
  const { client, unsaved } = useData()
  const { undo } = client
  const mayUndo = useMay('undo')
  return {
    state: useOpsQuery({
      queryKey: queryKeys.undo,
      queryFn: ({ signal }) => undo.state.query(undefined, { signal }),
      enabled: mayUndo,
    }),
    undo: useOpsMutation(
      (_: undefined) => unsaved.inTurn((signal) => undo.undo.mutate(undefined, { signal })),
      [queryKeys.all],
    ),
    redo: useOpsMutation(
      (_: undefined) => unsaved.inTurn((signal) => undo.redo.mutate(undefined, { signal })),
      [queryKeys.all],
    ),
    steps: useOpsMutation(
      ({ way, count, onTaken }: UndoSteps) =>
        unsaved.inTurn(async (signal) => {
          const wanted = await count()
          const done: [RevertResult, ...RevertResult[]] = [await undo[way].mutate(undefined, { signal })]
          while (done.length < wanted) done.push(await undo[way].mutate(undefined, { signal }))
          onTaken(done.length)
          return done
        }),
      [queryKeys.all],
    ),
    /** Takes back one operation of anybody; for admins. */
    operation: useOpsMutation(
      (operationId: string) => unsaved.inTurn((signal) => undo.operation.mutate({ operationId }, { signal })),
      [queryKeys.all],
    ),
  }
}
