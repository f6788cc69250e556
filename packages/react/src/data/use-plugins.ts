import { useOpsClient } from './data-context.ts'
import { everyPage } from './every-page.ts'
import { queryKeys } from './query-keys.ts'
import { useMay } from './use-may.ts'
import { useOpsQuery } from './use-ops-query.ts'

/** What the host's plugins have. */
export function usePlugins() {
  const client = useOpsClient()
  return useOpsQuery({
    queryKey: queryKeys.plugins,
    queryFn: ({ signal }) => everyPage((page) => client.plugins.list.query(page, { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** The org's connections; not read for those who may not see them. */
export function useConnections() {
  const client = useOpsClient()
  const maySee = useMay('connections')
  return useOpsQuery({
    queryKey: queryKeys.connections,
    queryFn: ({ signal }) => everyPage((page) => client.connections.list.query(page, { signal })),
    enabled: maySee,
  })
}
