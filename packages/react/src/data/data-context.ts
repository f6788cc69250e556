import type { FormulaFunction } from '@opslayer/core/formula'
import type { QueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { OpsClient } from './client/ops-client.ts'
import type { LiveHub } from './live-hub.ts'
import type { Registries } from './registries.ts'
import type { Role } from './roles.ts'
import type { UnsavedTables } from './unsaved-tables.ts'

/** How files are sent to the server, and fetched from it. */
export interface Uploads {
  /** Where `@opslayer/server` is mounted: `POST <url>/uploads`. */
  readonly url: string
  /** Added to each request, for hosts that do not sign in by cookie. Downloads are then fetched, and held whole until they are saved. */
  readonly headers?: () => Readonly<Record<string, string>>
}

/** What all parts that talk to the server share. */
export interface DataContextValue {
  readonly client: OpsClient
  readonly queryClient: QueryClient
  readonly live: LiveHub
  readonly unsaved: UnsavedTables
  readonly uploads: Uploads | null
  readonly role: Role
  readonly registries: Registries
  /** The host's own functions of formulas. The built-in ones are loaded by the parts that compute. */
  readonly functions: readonly FormulaFunction[]
}

export const DataContext = createContext<DataContextValue | null>(null)

/** @throws Error outside of an `OpsProvider` with a client */
export function useData(): DataContextValue {
  const data = useContext(DataContext)
  if (data === null) throw new Error('This part of opslayer stands outside of an <OpsProvider client={…}>.')
  return data
}

export function useOpsClient(): OpsClient {
  return useData().client
}
