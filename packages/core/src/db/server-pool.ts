import pg from 'pg'

/** A server that takes a connection and says nothing, or whose packets are dropped, would be waited for without end. */
const connectSeconds = 10

/** `connect_timeout` of the connection string, in seconds as PostgreSQL's own clients have it. */
function connectTimeoutMs(connectionString: string): number {
  const given = Number(URL.parse(connectionString)?.searchParams.get('connect_timeout'))
  return (given > 0 ? given : connectSeconds) * 1_000
}

/**
 * The pool of a connection string: ten connections at most, each ten minutes old at most. A connection that does not come
 * within ten seconds, or the `connect_timeout` of the string, fails.
 */
export function serverPool(connectionString: string): pg.Pool {
  const connectionTimeoutMillis = connectTimeoutMs(connectionString)
  // The pool's own option of that name would also bound the wait for a free connection, which under load may be long.
  class TimelyClient extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super({ ...config, connectionTimeoutMillis })
    }
  }
  return new pg.Pool({
    connectionString,
    Client: TimelyClient,
    max: 10,
    // What is between, a balancer say, forgets connections that say nothing for some minutes: a statement on one of those would wait
    // for minutes.
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
    maxLifetimeSeconds: 600,
    // By default a connection goes after ten seconds, and who needs it next waits while one is made and warmed: 20 to 80 ms.
    idleTimeoutMillis: 300_000,
    allowExitOnIdle: true,
  })
}
