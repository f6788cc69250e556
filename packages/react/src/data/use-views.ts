import { useOpsClient } from './data-context.ts'
import { everyPage } from './every-page.ts'
import { queryKeys } from './query-keys.ts'
import { useOpsMutation } from './use-ops-mutation.ts'
import { useOpsQuery } from './use-ops-query.ts'

/** The views of a table that the user sees, that of all rows first. */
export function useViews(tableId: string) {
  const client = useOpsClient()
  return useOpsQuery({
    queryKey: queryKeys.views(tableId),
    queryFn: ({ signal }) => everyPage((page) => client.views.list.query({ tableId, ...page }, { signal })),
  })
}

/** What can be done to the views of a table; each call takes what follows its `tableId`. */
export function useViewMutations(tableId: string) {
  const { views } = useOpsClient()
  const changed = [queryKeys.views(tableId), queryKeys.undo]
  return {
    create: useOpsMutation(
      (view: Parameters<typeof views.create.mutate>[0]['view']) => views.create.mutate({ tableId, view }),
      changed,
    ),
    update: useOpsMutation(
      (input: Omit<Parameters<typeof views.update.mutate>[0], 'tableId'>) => views.update.mutate({ tableId, ...input }),
      changed,
    ),
    duplicate: useOpsMutation(
      (input: Omit<Parameters<typeof views.duplicate.mutate>[0], 'tableId'>) =>
        views.duplicate.mutate({ tableId, ...input }),
      changed,
    ),
    move: useOpsMutation(
      (input: Omit<Parameters<typeof views.move.mutate>[0], 'tableId'>) => views.move.mutate({ tableId, ...input }),
      changed,
    ),
    delete: useOpsMutation((viewId: string) => views.delete.mutate({ tableId, viewId }), changed),
    restore: useOpsMutation((viewId: string) => views.restore.mutate({ tableId, viewId }), changed),
  }
}
