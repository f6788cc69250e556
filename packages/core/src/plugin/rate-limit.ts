/**
 * A limit of the vendor's, as data. All that apply to a call hold at once, over all processes.
 *
 * @example
 * rateLimits: [
 *   { max: 190, perMs: 10_000 },
 *   { max: 5, perMs: 1_000, paths: ['/crm/objects/:version/:type/search'] },
 *   { maxInFlight: 5, paths: ['/verify'] },
 * ]
 */
export type RateLimit = RateLimitScope &
  (
    | {
        /**
         * Calls in any window of `perMs`. They are spread over it; from an hour on they are counted instead, in windows
         * that begin at multiples of `perMs` since 1970: days at midnight, UTC.
         */
        readonly max: number
        /** Calls that may go at once after a pause; the others are spread the wider for it. @default 1 */
        readonly burst?: number
        /** In milliseconds. */
        readonly perMs: number
      }
    | {
        /** Calls that may be under way at one time. */
        readonly maxInFlight: number
      }
  )

interface RateLimitScope {
  /**
   * Who shares the limit: all calls of one connection, or all of the plugin (a limit of the host's app at the vendor).
   *
   * @default 'connection'
   */
  readonly sharedBy?: 'connection' | 'plugin'
  /** Calls that count, by path below the base URL; `:name` stands for one segment, a final `*` for the rest. @default all */
  readonly paths?: readonly string[]
  /** Calls that count, by method. @default all */
  readonly methods?: readonly string[]
}
