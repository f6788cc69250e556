/** Where a plugin writes what an operator may read. Fields that hold secrets are blanked. */
export interface PluginLogger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void
  info(message: string, fields?: Readonly<Record<string, unknown>>): void
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void
  error(message: string, fields?: Readonly<Record<string, unknown>>): void
}

/** What {@link PluginFetch} takes beside the ordinary members of a request. */
export interface PluginRequestInit {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** A body that can be sent again; no streams. */
  readonly body?: string | Uint8Array<ArrayBuffer> | URLSearchParams | FormData | Blob
  /**
   * Whether sending the call twice does no more than sending it once; only such calls are repeated after a failure.
   *
   * @default true for GET, HEAD, OPTIONS, PUT and DELETE
   */
  readonly idempotent?: boolean
  /** What stands in the API log for the path where it holds ids or addresses: `/v1/tasks/:id`. @default the path */
  readonly route?: string
  /** Time for one attempt. @default 30000, at most 600000 */
  readonly timeoutMs?: number
  /** Ends the call earlier than `ctx.signal`, which always counts. */
  readonly signal?: AbortSignal
}

/**
 * The one way out for a plugin: limited to what the vendor allows over all processes, repeated where that is safe, and
 * logged. A path is taken from the plugin's `baseUrl`; calls to it carry the plugin's `headers`, others do not.
 *
 * Answers of every status are returned, except those that repeating did not cure.
 *
 * @throws PluginError `RATE_LIMITED`, `VENDOR_UNAVAILABLE`; the signal's reason
 */
export type PluginFetch = (url: string | URL, init?: PluginRequestInit) => Promise<Response>

/** All that a plugin may touch. There is nothing else: no environment, no database, no clock. */
export interface PluginContext<Credentials = unknown> {
  /** Of the connection that the call is for; fresh for each call, so do not keep it. */
  readonly credentials: Credentials
  readonly fetch: PluginFetch
  /** Aborts when the call must end: cancelled, paused, out of time, or the process stops. */
  readonly signal: AbortSignal
  readonly logger: PluginLogger
  readonly now: () => Date
}
