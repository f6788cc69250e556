import type { PgClient } from './pool.ts'

/** A client on loan from its pool; giving it back twice does no harm. */
export interface ClientLease {
  readonly client: PgClient
  /** `true` closes the connection instead of keeping it. */
  release(destroy: boolean): void
}

export function leaseOf(client: PgClient): ClientLease {
  let released = false
  return {
    client,
    release: (destroy) => {
      if (released) return
      released = true
      // While it is pipelining, `pg` would wait for the answers before it closes.
      if (destroy && client.pipeline === true) client.pipeline = false
      client.release(destroy)
    },
  }
}
