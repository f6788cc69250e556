import type { PgClient, PgPool } from '@opslayer/core'
import pg from 'pg'

/** A host's pool that can be made to die at a statement: from there on nothing of its process reaches the database. */
export interface MortalPool extends PgPool, AsyncDisposable {
  /**
   * Dies at the nth statement from now on: before it is sent, or once it has been done and nobody has heard of it.
   *
   * @returns when it has died
   */
  dieAt(n: number, when: 'before' | 'after'): Promise<void>
}

export function mortalPool(url: string): MortalPool {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  pool.on('error', () => {}) // As `pg` asks of hosts: an idle connection may die.
  const clients = new Set<pg.PoolClient>()
  const died = Promise.withResolvers<void>()
  let left = Number.POSITIVE_INFINITY
  let when: 'before' | 'after' = 'before'

  function die(): Error {
    left = 0
    for (const client of clients) {
      client.removeAllListeners('error')
      client.on('error', () => {})
      const { connection } = client as unknown as { readonly connection: { readonly stream: { destroy(): void } } }
      connection.stream.destroy()
    }
    died.resolve()
    return dead()
  }

  const wrap = (client: pg.PoolClient): PgClient => ({
    query: async (config) => {
      if (left <= 0) throw dead()
      left -= 1
      if (left > 0) return await client.query(config as pg.QueryConfig)
      if (when === 'after') await unheard(client, config)
      throw die()
    },
    release: (destroy) => {
      clients.delete(client)
      client.release(destroy === true || left <= 0)
    },
    processID: null,
  })

  return {
    connect: async () => {
      if (left <= 0) throw dead()
      const client = await pool.connect()
      clients.add(client)
      return wrap(client)
    },
    dieAt: (n, at) => {
      left = n
      when = at
      return died.promise
    },
    [Symbol.asyncDispose]: () => pool.end(),
  }
}

/** Has a statement done; nobody learns what came of it. */
function unheard(client: pg.PoolClient, config: object): Promise<void> {
  return new Promise((resolve) => {
    client.query({ ...config, callback: () => resolve() } as unknown as pg.QueryConfig)
  })
}

/** As `pg` says that a connection is gone. */
function dead(): Error {
  return new Error('Connection terminated unexpectedly')
}
