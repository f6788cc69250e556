import { type UseQueryOptions, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useData } from './data-context.ts'

type Options<Data> = Pick<
  UseQueryOptions<Data, Error, Data, readonly unknown[]>,
  'queryKey' | 'queryFn' | 'select' | 'enabled' | 'placeholderData' | 'staleTime' | 'refetchInterval'
>

/** Reads by the provider's own store of answers, so that a host's react-query is left alone. */
export function useOpsQuery<Data>(options: Options<Data>): UseQueryResult<Data, Error> {
  return useQuery(options, useData().queryClient)
}
