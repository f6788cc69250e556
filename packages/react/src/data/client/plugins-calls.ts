import type { Mutation, Paged, PageOf, Query } from './calls.ts'

/** What a plugin has, for palettes and forms. */
export interface OpsPlugin {
  readonly id: string
  readonly version: string
  readonly name: string
  readonly description?: string | undefined
  readonly docsUrl?: string | undefined
  /** Empty if there is nothing to connect. */
  readonly methods: readonly { readonly kind: string; readonly label: string }[]
}

/** An org's credentials for a plugin; the credentials themselves never leave the server. */
export interface OpsConnection {
  readonly id: string
  readonly plugin: string
  readonly name: string
  readonly state: string
  /** Why it is broken. */
  readonly reason: string | null
  readonly hint: string | null
  readonly testedAt: string | null
  readonly createdAt: string
}

interface OneConnection {
  readonly connectionId: string
}

export interface PluginsCalls {
  readonly list: Query<Paged, PageOf<OpsPlugin>>
}

export interface ConnectionsCalls {
  readonly list: Query<Paged & { readonly plugin?: string | undefined }, PageOf<OpsConnection>>
  readonly get: Query<OneConnection, OpsConnection>
  readonly rename: Mutation<OneConnection & { readonly name: string }, unknown>
  readonly test: Mutation<OneConnection, unknown>
  readonly disconnect: Mutation<OneConnection, unknown>
}
