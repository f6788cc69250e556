import { useOpsClient } from './data-context.ts'
import { queryKeys } from './query-keys.ts'
import { useMay } from './use-may.ts'
import { useOpsMutation } from './use-ops-mutation.ts'
import { useOpsQuery } from './use-ops-query.ts'

/** What the user's next undo and redo would do, and doing it. */
export function useUndo() {
  const { undo } = useOpsClient()
  const mayUndo = useMay('undo')
  return {
    state: useOpsQuery({
      queryKey: queryKeys.undo,
      queryFn: ({ signal }) => undo.state.query(undefined, { signal }),
      enabled: mayUndo,
    }),
    undo: useOpsMutation((_: undefined) => undo.undo.mutate(), [queryKeys.all]),
    redo: useOpsMutation((_: undefined) => undo.redo.mutate(), [queryKeys.all]),
    /** Takes back one operation of anybody; for admins. */
    operation: useOpsMutation((operationId: string) => undo.operation.mutate({ operationId }), [queryKeys.all]),
  }
}
