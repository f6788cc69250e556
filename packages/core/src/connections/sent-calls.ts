/** A request that goes out. */
export interface SentCall {
  /** In the API log. */
  readonly id: string
  /** Whether the vendor may have done what it was asked for: until it is known that it did not, it may. */
  mayHaveActed: boolean
}

/** The requests of one call of a plugin's function. */
export interface SentCalls {
  /** Ids in the API log, in the order in which they went out. */
  readonly ids: readonly string[]
  /** Whether the vendor may have acted on one of them. */
  mayHaveActed(): boolean
  note(call: SentCall): void
}

export function collectSentCalls(): SentCalls {
  const calls: SentCall[] = []
  const ids: string[] = []
  return {
    ids,
    mayHaveActed: () => calls.some((call) => call.mayHaveActed),
    note: (call) => {
      calls.push(call)
      ids.push(call.id)
    },
  }
}
