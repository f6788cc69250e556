import type { PluginRequestInit } from '../plugin/plugin-context.ts'

/** One call on its way out. Each layer may hand it on changed, and none changes it in place. */
export interface Call {
  readonly url: URL
  readonly method: string
  readonly headers: Headers
  readonly body: NonNullable<PluginRequestInit['body']> | null
  readonly signal: AbortSignal
  /** Whether sending it twice does no more than sending it once. */
  readonly idempotent: boolean
  /** The path for the log, without ids. */
  readonly route: string
  /** Time for one attempt until its answer begins, in milliseconds. */
  readonly timeoutMs: number
  /** End of the whole call, by `performance.now()`. */
  readonly deadline: number
  /** From 1. */
  readonly attempt: number
}

/** Sends a call; a layer takes one and gives one. */
export type Send = (call: Call) => Promise<Response>
