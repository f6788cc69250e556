import { useCallback } from 'react'
import { useOpsContext } from '../provider/ops-context.ts'
import type { OpsClient } from './client/ops-client.ts'
import type { OpsPlugin, OptionsAsked } from './client/plugins-calls.ts'
import { useOpsClient } from './data-context.ts'
import { everyPage } from './every-page.ts'
import { queryKeys } from './query-keys.ts'
import { useMay } from './use-may.ts'
import { useOpsMutation } from './use-ops-mutation.ts'
import { useOpsQuery } from './use-ops-query.ts'
import { wordedPlugin } from './worded-plugin.ts'

/** How the host's plugins are read. */
export function pluginsQuery(client: OpsClient) {
  return {
    queryKey: queryKeys.plugins,
    queryFn: ({ signal }: { readonly signal: AbortSignal }): Promise<readonly OpsPlugin[]> =>
      everyPage((page) => client.plugins.list.query(page, { signal })),
  }
}

/** What the host's plugins have, in the words of its dictionary. */
export function usePlugins() {
  const client = useOpsClient()
  const { translate } = useOpsContext()
  const select = useCallback(
    (plugins: readonly OpsPlugin[]) => plugins.map((plugin) => wordedPlugin(plugin, translate)),
    [translate],
  )
  return useOpsQuery({
    ...pluginsQuery(client),
    select,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Choices that the vendor gives for a field of a form. @param enabled false while it cannot be asked */
export function usePartOptions(asked: OptionsAsked, enabled = true) {
  const client = useOpsClient()
  return useOpsQuery({
    queryKey: queryKeys.options(asked),
    queryFn: ({ signal }) => client.plugins.options.query(asked, { signal }),
    placeholderData: (before) => before,
    enabled,
  })
}

/** The org's connections by name, for whoever chooses one. */
export function useConnectionNames() {
  const client = useOpsClient()
  const mayChoose = useMay('runs.write')
  return useOpsQuery({
    queryKey: [...queryKeys.connections, 'names'],
    queryFn: ({ signal }) => everyPage((page) => client.connections.names.query(page, { signal })),
    enabled: mayChoose,
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

export function useConnectionMutations() {
  const { connections } = useOpsClient()
  // Whether a feed can be read follows from its connection.
  const changed = [queryKeys.connections, queryKeys.feeds]
  return {
    connect: useOpsMutation(
      (input: Parameters<typeof connections.connect.mutate>[0]) => connections.connect.mutate(input),
      changed,
    ),
    reconnect: useOpsMutation(
      (input: Parameters<typeof connections.reconnect.mutate>[0]) => connections.reconnect.mutate(input),
      changed,
    ),
    beginOAuth: useOpsMutation(
      (input: Parameters<typeof connections.beginOAuth.mutate>[0]) => connections.beginOAuth.mutate(input),
      [],
    ),
    rename: useOpsMutation(
      (input: Parameters<typeof connections.rename.mutate>[0]) => connections.rename.mutate(input),
      changed,
    ),
    test: useOpsMutation((connectionId: string) => connections.test.mutate({ connectionId }), changed),
    disconnect: useOpsMutation((connectionId: string) => connections.disconnect.mutate({ connectionId }), changed),
  }
}
