import { useOpsClient } from './data-context.ts'
import { everyPage } from './every-page.ts'
import { queryKeys } from './query-keys.ts'
import { useOpsMutation } from './use-ops-mutation.ts'
import { useOpsQuery } from './use-ops-query.ts'

/** The org's tables in the order they were made. @param options `deleted`: those that can be restored. @default false */
export function useTables({ deleted = false }: { readonly deleted?: boolean } = {}) {
  const client = useOpsClient()
  return useOpsQuery({
    queryKey: [...queryKeys.tables, { deleted }],
    queryFn: ({ signal }) => everyPage((page) => client.tables.list.query({ ...page, deleted }, { signal })),
  })
}

/** One table with its columns. */
export function useTable(tableId: string) {
  const client = useOpsClient()
  return useOpsQuery({
    queryKey: queryKeys.table(tableId),
    queryFn: ({ signal }) => client.tables.get.query({ tableId }, { signal }),
  })
}

export function useTableMutations() {
  const { tables } = useOpsClient()
  const changed = [queryKeys.tables, queryKeys.undo]
  return {
    create: useOpsMutation((input: Parameters<typeof tables.create.mutate>[0]) => tables.create.mutate(input), changed),
    update: useOpsMutation(
      (input: Parameters<typeof tables.update.mutate>[0]) => tables.update.mutate(input),
      [...changed, queryKeys.all],
    ),
    duplicate: useOpsMutation(
      (input: Parameters<typeof tables.duplicate.mutate>[0]) => tables.duplicate.mutate(input),
      changed,
    ),
    delete: useOpsMutation((input: Parameters<typeof tables.delete.mutate>[0]) => tables.delete.mutate(input), changed),
    restore: useOpsMutation(
      (input: Parameters<typeof tables.restore.mutate>[0]) => tables.restore.mutate(input),
      changed,
    ),
  }
}
