import { useOpsClient } from './data-context.ts'
import { queryKeys } from './query-keys.ts'
import { useOpsMutation } from './use-ops-mutation.ts'

/** What can be done to the columns of a table; each call takes what follows its `tableId`. */
export function useColumnMutations(tableId: string) {
  const { columns } = useOpsClient()
  const changed = [queryKeys.inTable(tableId), queryKeys.tables, queryKeys.undo]
  return {
    create: useOpsMutation(
      (input: Omit<Parameters<typeof columns.create.mutate>[0], 'tableId'>) =>
        columns.create.mutate({ tableId, ...input }),
      changed,
    ),
    update: useOpsMutation(
      (input: Omit<Parameters<typeof columns.update.mutate>[0], 'tableId'>) =>
        columns.update.mutate({ tableId, ...input }),
      changed,
    ),
    retype: useOpsMutation(
      (input: Omit<Parameters<typeof columns.retype.mutate>[0], 'tableId'>) =>
        columns.retype.mutate({ tableId, ...input }),
      changed,
    ),
    move: useOpsMutation(
      (input: Omit<Parameters<typeof columns.move.mutate>[0], 'tableId'>) => columns.move.mutate({ tableId, ...input }),
      changed,
    ),
    delete: useOpsMutation(
      (input: Omit<Parameters<typeof columns.delete.mutate>[0], 'tableId'>) =>
        columns.delete.mutate({ tableId, ...input }),
      changed,
    ),
    restore: useOpsMutation(
      (input: Omit<Parameters<typeof columns.restore.mutate>[0], 'tableId'>) =>
        columns.restore.mutate({ tableId, ...input }),
      changed,
    ),
  }
}
