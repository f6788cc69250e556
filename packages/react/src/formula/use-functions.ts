import { builtInRegistry, describeFunctions } from '@opslayer/core/formula'
import type { DescribedFunction } from '../data/client/formulas-calls.ts'
import { useOpsClient } from '../data/data-context.ts'
import { useOpsQuery } from '../data/use-ops-query.ts'

const builtIn: readonly DescribedFunction[] = describeFunctions(builtInRegistry)

/** The functions that formulas may call: the built-in ones at once, the host's own once the server has told them. */
export function useFunctions(): readonly DescribedFunction[] {
  const client = useOpsClient()
  const { data } = useOpsQuery({
    queryKey: ['opslayer', 'functions'],
    queryFn: async ({ signal }) => (await client.formulas.functions.query({ limit: 500 }, { signal })).functions,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data ?? builtIn
}
