/** A read of the host's tRPC client. */
export interface Query<Input, Output> {
  query(input: Input, options?: { readonly signal?: AbortSignal }): Promise<Output>
}

/** A read that takes nothing. */
export interface PlainQuery<Output> {
  query(input?: undefined, options?: { readonly signal?: AbortSignal }): Promise<Output>
}

export interface Mutation<Input, Output> {
  mutate(input: Input, options?: { readonly signal?: AbortSignal }): Promise<Output>
}

/** A write that takes nothing. */
export interface PlainMutation<Output> {
  mutate(input?: undefined, options?: { readonly signal?: AbortSignal }): Promise<Output>
}

/** A stream of the host's tRPC client. */
export interface Subscription<Input, Event> {
  subscribe(
    input: Input,
    options: {
      onData(event: Event): void
      onError?(error: unknown): void
      onComplete?(): void
      onConnectionStateChange?(state: { readonly state: string; readonly error: unknown }): void
    },
  ): { unsubscribe(): void }
}

/** What starts a run: sent again by the same key, it gives the run that is there. */
export interface Starting {
  readonly key?: string | undefined
}

export interface InTable {
  readonly tableId: string
}

export interface InRow extends InTable {
  readonly rowId: string
}

/** What lists take beside their own. */
export interface Paged {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

export interface PageOf<Item> {
  readonly items: readonly Item[]
  readonly nextCursor: string | null
}

/** Who did something. */
export interface ActorName {
  readonly type: string
  readonly id: string
}
