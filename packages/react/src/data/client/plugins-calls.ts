import type { Form } from '@opslayer/core/plugin'
import type { Mutation, Paged, PageOf, Query } from './calls.ts'

/** What a plugin has, for palettes and forms. */
export interface OpsPlugin {
  readonly id: string
  readonly version: string
  readonly name: string
  readonly description?: string | undefined
  readonly docsUrl?: string | undefined
  /** Empty if there is nothing to connect. */
  readonly methods: readonly ConnectMethod[]
  readonly columnTypes: readonly OpsColumnPart[]
  readonly sources: readonly OpsSourcePart[]
  readonly actions: readonly OpsActionPart[]
}

interface PluginPart {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly settings: Form
  /** The unit that it is paid in, if it costs. */
  readonly costUnit?: string | undefined
}

/** What fills the cells of a column. */
export interface OpsColumnPart extends PluginPart {
  /** The heading of the palette that it stands under. */
  readonly category: string
  readonly inputs: Form
  readonly value: { readonly type: string; readonly settings: unknown }
  /** Who answers. */
  readonly provider: string
}

/** What gives records that become rows. */
export interface OpsSourcePart extends PluginPart {
  readonly columns: readonly { readonly key: string; readonly name: string; readonly type: string }[]
  /** Whether it tells what changed since the last time. */
  readonly incremental: boolean
}

/** What does something for rows in the outside world. */
export interface OpsActionPart extends PluginPart {
  readonly inputs: Form
  readonly output: Form
  /** What becomes of a call that was cut off. */
  readonly idempotency: string
}

/** An entry of a list that the vendor gives. */
export interface PartOption {
  readonly value: string
  readonly label: string
  readonly description?: string | undefined
}

/** A field of a part's settings whose choices come from the vendor. */
export interface OptionsAsked {
  readonly plugin: string
  readonly kind: 'columnTypes' | 'sources' | 'actions'
  readonly part: string
  readonly field: string
  readonly connectionId?: string | undefined
  readonly settings?: Readonly<Record<string, unknown>> | undefined
  readonly search?: string | undefined
}

/** A way to connect. */
export interface ConnectMethod {
  readonly kind: string
  readonly label: string
  /** What a person fills in; nothing for OAuth. */
  readonly form: Form
}

/** An org's credentials for a plugin; the credentials themselves never leave the server. */
export interface OpsConnection {
  readonly id: string
  readonly plugin: string
  readonly name: string
  /** Which of the plugin's methods. */
  readonly methodLabel: string
  /** `broken` until somebody reconnects it. */
  readonly state: string
  /** Why it is broken. */
  readonly reason: string | null
  readonly hint: string | null
  readonly testedAt: string | null
  readonly createdAt: string
}

/** By the fields of the method's form. */
type Credentials = Readonly<Record<string, string | number | boolean>>

export interface OneConnection {
  readonly connectionId: string
}

export interface PluginsCalls {
  readonly list: Query<Paged, PageOf<OpsPlugin>>
  readonly options: Query<OptionsAsked, readonly PartOption[]>
}

export interface ConnectionsCalls {
  readonly list: Query<Paged & { readonly plugin?: string | undefined }, PageOf<OpsConnection>>
  readonly names: Query<Paged, PageOf<Pick<OpsConnection, 'id' | 'plugin' | 'name' | 'state'>>>
  readonly get: Query<OneConnection, OpsConnection>
  readonly connect: Mutation<
    { readonly plugin: string; readonly method?: string | undefined; readonly credentials: Credentials },
    OpsConnection
  >
  readonly reconnect: Mutation<
    OneConnection & { readonly method?: string | undefined; readonly credentials: Credentials },
    OpsConnection
  >
  /** Gives the address of the vendor's consent screen. */
  readonly beginOAuth: Mutation<
    { readonly plugin: string; readonly method?: string | undefined; readonly connectionId?: string | undefined },
    { readonly url: string }
  >
  readonly rename: Mutation<OneConnection & { readonly name: string }, unknown>
  readonly test: Mutation<OneConnection, OpsConnection>
  readonly disconnect: Mutation<OneConnection, unknown>
}
