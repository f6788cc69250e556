import { useOpsClient } from './data-context.ts'
import { wholeList } from './every-page.ts'
import { queryKeys } from './query-keys.ts'
import { useMay } from './use-may.ts'
import { useOpsMutation } from './use-ops-mutation.ts'
import { useOpsQuery } from './use-ops-query.ts'

/** What may be spent in a month and what is gone of it; not read for those who may not see it. */
export function useBudgets() {
  const { budgets } = useOpsClient()
  const maySee = useMay('budgets')
  return useOpsQuery({
    queryKey: queryKeys.budgets,
    queryFn: ({ signal }) => budgets.list.query({}, { signal }),
    staleTime: 0,
    enabled: maySee,
  })
}

/** What each run has spent in a month, the latest first, and whether that is all. @param month `2026-11`; null for the present one */
export function useSpend(month: string | null) {
  const { budgets } = useOpsClient()
  const maySee = useMay('budgets')
  return useOpsQuery({
    queryKey: queryKeys.spend(month),
    queryFn: ({ signal }) =>
      wholeList((page) => budgets.spend.query({ ...page, ...(month !== null && { month }) }, { signal })),
    staleTime: 0,
    enabled: maySee,
  })
}

export function useBudgetMutations() {
  const { budgets } = useOpsClient()
  return {
    set: useOpsMutation(
      (input: Parameters<typeof budgets.set.mutate>[0]) => budgets.set.mutate(input),
      [queryKeys.budgets],
    ),
  }
}
