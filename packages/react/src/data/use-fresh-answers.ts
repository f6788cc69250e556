import type { QueryClient } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { OpsClient } from './client/ops-client.ts'
import { queryKeys } from './query-keys.ts'

/** Forgets what is kept once the client is another one, before anything is painted: it may be that of another org. */
export function useFreshAnswers(client: OpsClient, queryClient: QueryClient): void {
  const answered = useRef(client)
  const read = useRef(client)
  useLayoutEffect(() => {
    if (answered.current === client) return
    answered.current = client
    for (const query of queryClient.getQueryCache().findAll({ queryKey: queryKeys.all })) query.reset()
  }, [client, queryClient])
  // Behind the effects of who reads: they ask the new client.
  useEffect(() => {
    if (read.current === client) return
    read.current = client
    void queryClient.refetchQueries({ queryKey: queryKeys.all, type: 'active' })
  }, [client, queryClient])
}
