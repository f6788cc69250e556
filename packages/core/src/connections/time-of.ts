/** The time that a plugin's function has. */
export interface CallTime {
  /** Ends it. */
  readonly signal: AbortSignal
  /** When, by `performance.now()`. */
  readonly endsAt: number
}

/** The time of a call that begins now. */
export function timeOf({
  signal,
  timeoutMs,
}: {
  /** Of who calls. */
  readonly signal: AbortSignal
  readonly timeoutMs: number
}): CallTime {
  return {
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    endsAt: performance.now() + timeoutMs,
  }
}
