import type { FormulaFunction } from '@opslayer/core/formula'
import { QueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { OpsClient } from './client/ops-client.ts'
import { DataContext, type DataContextValue, type Uploads } from './data-context.ts'
import { followServer } from './follow-server.ts'
import { createLiveHub } from './live-hub.ts'
import { opsFault } from './ops-fault.ts'
import type { Registries } from './registries.ts'
import type { Role } from './roles.ts'
import { createUnsavedTables } from './unsaved-tables.ts'
import { useFreshAnswers } from './use-fresh-answers.ts'

export interface DataProviderProps {
  /** The host's tRPC client of the ops router. With another one nothing is shown any more of what the one before has read. */
  readonly client: OpsClient
  /** How files are sent. @default importing from files is not offered */
  readonly uploads?: Uploads
  /** What the user may do; what is not allowed is not offered. The server decides all the same. @default 'editor' */
  readonly role?: Role
  readonly registries?: Registries
  /** The host's own functions of formulas, so that previews compute them as one types. @default only the server knows them */
  readonly functions?: readonly FormulaFunction[]
  /** Keeps the server's answers. @default one of its own */
  readonly queryClient?: QueryClient
  readonly children?: ReactNode
}

const none: Registries = {}
const noFunctions: readonly FormulaFunction[] = []

/** Gives everything below it the server: its client, the answers that are kept, and the stream of changes. */
export function DataProvider(props: DataProviderProps) {
  const {
    client,
    uploads = null,
    role = 'editor',
    registries = none,
    functions = noFunctions,
    queryClient: given,
    children,
  } = props
  const [own] = useState(makeQueryClient)
  const queryClient = given ?? own
  const live = useMemo(() => createLiveHub(client.live), [client])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another client is another user, who saves nothing of the one before
  const unsaved = useMemo(() => createUnsavedTables(), [client])

  useFreshAnswers(client, queryClient)
  useEffect(() => followServer(live, queryClient), [live, queryClient])
  useEffect(() => () => unsaved.dispose(), [unsaved])

  const value = useMemo(
    (): DataContextValue => ({ client, queryClient, live, unsaved, uploads, role, registries, functions }),
    [client, queryClient, live, unsaved, uploads, role, registries, functions],
  )
  return <DataContext.Provider value={value}>{children}</DataContext.Provider>
}

/** Answers stay good until the stream of changes says otherwise; what cannot succeed is not tried again. */
function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        retry: (failures, error) => opsFault(error).retryable && failures < 3,
      },
      mutations: { retry: false },
    },
  })
}
