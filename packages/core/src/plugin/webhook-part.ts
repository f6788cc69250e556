import type { Json } from '../values/json.ts'
import type { PluginContext } from './plugin-context.ts'

/** A request as it came, byte for byte. */
export interface WebhookRequest {
  readonly method: string
  /** As the vendor called it, by the host's public address. */
  readonly url: string
  readonly headers: Headers
  readonly body: Uint8Array<ArrayBuffer>
}

/** What a request is checked against. */
export interface WebhookProof<Credentials> {
  /** Made with the connection, or given by `subscribe`; '' for a webhook of the app. */
  readonly secret: string
  /** `undefined` for a webhook of the app. */
  readonly credentials: Credentials | undefined
  readonly now: Date
}

/** `reason` goes to the log, not to the caller. */
export type WebhookVerdict = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** Tells whether a request is the vendor's and fresh. Make one with `hmacSignature` or `sharedSecret`. */
export type VerifyWebhook<Credentials> = (
  request: WebhookRequest,
  proof: WebhookProof<Credentials>,
) => WebhookVerdict | Promise<WebhookVerdict>

/** What a request tells. */
export type WebhookEvent =
  /** Records for a source of the plugin's. */
  | { readonly kind: 'records'; readonly source: string; readonly records: readonly unknown[] }
  /** A task of a column part's is over: it is asked about at once. */
  | { readonly kind: 'task'; readonly column: string; readonly ref: string }
  /** Something happened at the vendor, for rules and for the CRM adapter. */
  | {
      readonly kind: 'event'
      readonly type: string
      readonly data: Json
      /** What the event is recognised by when it comes again. @default its place in its request */
      readonly key?: string
      /** By the vendor's clock. */
      readonly at?: Date
    }

export interface WebhookAnswer {
  readonly status: number
  readonly body?: string
  readonly contentType?: string
}

/**
 * Requests that the vendor sends. Each is verified, stored raw, answered, and only then parsed; one that comes again
 * is answered and left at that.
 */
export interface WebhookPart<Id extends string, Credentials> {
  /** Lower-case words joined by `_`, unique in the plugin; part of the address, so never changed. */
  readonly id: Id
  readonly name: string
  readonly description: string
  readonly verify: VerifyWebhook<Credentials>
  /** What a delivery is recognised by when it comes again. @default a digest of its body */
  readonly deliveryKey?: (request: WebhookRequest) => string | undefined
  /** The answer to a verified request, where the vendor wants more than 200: a handshake. Must not wait. */
  readonly answer?: (request: WebhookRequest) => WebhookAnswer | undefined
  /** The events of a request that was stored. Throws what it cannot read; the request is kept for later. */
  readonly parse: (request: WebhookRequest) => readonly WebhookEvent[]
  /**
   * For vendors that call one address for all accounts of the host's app: shares a request out by the account that
   * `test` named. Each connection with that account gets its share and nothing else.
   */
  readonly byAccount?: (request: WebhookRequest) => Iterable<{ readonly account: string; readonly body: string }>
  /** Tells the vendor the address. Called on connect, and again whenever the address changes. */
  readonly subscribe?: (
    ctx: PluginContext<Credentials>,
    hook: { readonly url: string; readonly secret: string },
  ) => Promise<{
    /** What finds the subscription again. */
    readonly state: Json
    /** The secret that the vendor chose, in place of ours. */
    readonly secret?: string
  }>
  readonly unsubscribe?: (ctx: PluginContext<Credentials>, hook: { readonly state: Json }) => Promise<void>
}

/** A webhook whose type parameters do not matter to the reader. */
// biome-ignore lint/suspicious/noExplicitAny: the parameters are invariant; only `any` accepts every part
export type AnyWebhookPart = WebhookPart<string, any>
