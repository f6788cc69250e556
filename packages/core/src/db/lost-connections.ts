import type { PgClient, PgPool } from './pool.ts'

const listening = new WeakSet<PgClient | PgPool>()

const nobodyElseHears = (): void => {}

/**
 * The pool, with the `error` events of it and its clients heard. A connection that is lost while a client is lent says so
 * twice: by failing its query, which the caller sees, and by an event, which ends the process if nobody listens.
 */
export function hearLostConnections(pool: PgPool): PgPool {
  if (!listening.has(pool)) {
    listening.add(pool)
    // A connection may be lost in the moment that it is made, before whoever asked for it has it.
    pool.on?.('connect', hearClient)
    pool.on?.('error', nobodyElseHears)
  }
  return {
    ...(pool.options !== undefined && { options: pool.options }),
    connect: async () => {
      const client = await pool.connect()
      hearClient(client)
      return client
    },
  }
}

function hearClient(client: PgClient): void {
  if (listening.has(client)) return
  listening.add(client)
  client.on?.('error', nobodyElseHears)
}
