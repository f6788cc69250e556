import type { PgClient, PgPool } from './pool.ts'

const listening = new WeakSet<PgClient>()

/**
 * The pool, with its clients' `error` events heard. A connection that is lost while a client is lent says so twice: by
 * failing its query, which the caller sees, and by an event, which ends the process if nobody listens.
 */
export function hearLostConnections(pool: PgPool): PgPool {
  return {
    ...(pool.options !== undefined && { options: pool.options }),
    connect: async () => {
      const client = await pool.connect()
      if (!listening.has(client)) {
        listening.add(client)
        client.on?.('error', () => {})
      }
      return client
    },
  }
}
