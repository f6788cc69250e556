import { describeFunctions } from '@opslayer/core/formula'
import { useMemo } from 'react'
import type { DescribedFunction } from '../data/client/formulas-calls.ts'
import { useOpsClient } from '../data/data-context.ts'
import { useOpsQuery } from '../data/use-ops-query.ts'
import { useRegistry } from './use-registry.ts'

/** The functions that formulas may call: those that the browser knows at once, plugins' own once the server has told them. */
export function useFunctions(): readonly DescribedFunction[] {
  const client = useOpsClient()
  const functions = useRegistry()
  const known = useMemo(() => describeFunctions(functions), [functions])
  const { data } = useOpsQuery({
    queryKey: ['opslayer', 'functions'],
    queryFn: async ({ signal }) => (await client.formulas.functions.query({ limit: 500 }, { signal })).functions,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data ?? known
}
