import type { AnyPlugin } from '../../plugin/plugin.ts'
import type { WebhookMessage } from '../simulator/simulator-webhooks.ts'
import type { RunningSimulator } from '../simulator/start-simulator.ts'

/** What a plugin is tried with. `State` is the simulator's data. */
export interface PluginTrial<State> {
  /** Makes the plugin for a vendor at an address. */
  readonly plugin: (url: string) => AnyPlugin
  /** Starts a fresh vendor, for each check. */
  readonly start: () => Promise<RunningSimulator<State>>
  /**
   * Good ones for a vendor at an address, of at least 8 characters each, so that they can be looked for in logs: the fields of
   * `apiKey`, or `{ accessToken }` and the `tokenFields` of `oauth2`, whose consent and tokens are simulated for you.
   */
  readonly credentials: (url: string) => unknown
  /** Such that the vendor refuses. @default not tried */
  readonly refusedCredentials?: (url: string) => unknown
  /** Longest time of a check, in milliseconds. @default 60000 */
  readonly timeoutMs?: number
  /**
   * At how many calls, and at how many round trips to the database, the process of each run ends, spread evenly over it;
   * `Number.POSITIVE_INFINITY` for all of them, which takes minutes. @default { calls: 4, roundTrips: 4 }
   */
  readonly ends?: { readonly calls?: number; readonly roundTrips?: number }
  /** By id of a column part: cells to ask for. Every column part needs a trial. */
  readonly columns?: Readonly<Record<string, readonly ColumnTrial[]>>
  /** By id of a source. Every source needs a trial. */
  readonly sources?: Readonly<Record<string, readonly SourceTrial[]>>
  /** By id of an action. Every action needs a trial. */
  readonly actions?: Readonly<Record<string, readonly ActionTrial<State>[]>>
  /** By id of a webhook. Every webhook needs a trial. */
  readonly webhooks?: Readonly<Record<string, WebhookTrial>>
}

export interface ColumnTrial {
  readonly settings?: unknown
  /** Inputs of some cells; as many as the vendor wants for a task, if that is to be tried. */
  readonly cells: readonly unknown[]
  /** Whether users say what they take of an answer, so that no shape of it is wrong. @default false */
  readonly anyShape?: boolean
  /**
   * Whether the vendor of a task knows no keys, so that a submission whose answer a crash has cut off is made and paid again.
   * @default false
   */
  readonly unkeyed?: boolean
}

export interface SourceTrial {
  readonly settings?: unknown
  /** Records that a fresh vendor has. */
  readonly records: number
}

export interface ActionTrial<State> {
  readonly settings?: unknown
  /** Inputs of some rows. */
  readonly rows: readonly unknown[]
  /** How many rows the vendor has acted on. */
  readonly effects: (vendor: RunningSimulator<State>) => number
}

export interface WebhookTrial {
  /** A webhook as the vendor sends it, signed with the secret by the simulator's `signWebhook` or by its own headers. */
  readonly message: (to: string, secret: string) => WebhookMessage
  /** Further ones, of other things: in whatever order all come, each is dealt with. @default none */
  readonly others?: readonly ((to: string, secret: string) => WebhookMessage)[]
  /** Whether its signature holds a time, so that an old one is refused. @default true */
  readonly timed?: boolean
}

/** One thing that must hold of a plugin. */
export interface PluginCheck {
  readonly name: string
  /** @throws AssertionError if it does not hold */
  readonly run: () => Promise<void>
}
