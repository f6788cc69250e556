import type { PgClient, PgPool } from '@opslayer/core'
import pg from 'pg'

/** A host's own pool that remembers the statements which went through it. */
export interface RecordingPool extends PgPool, AsyncDisposable {
  /** Plan of the last statement that read rows of an org's table, as PostgreSQL makes it for the same values. */
  lastPlan(): Promise<string>
}

interface Statement {
  readonly text: string
  readonly values?: unknown[]
}

export function recordingPool(url: string): RecordingPool {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  const wrapped = new WeakMap<pg.PoolClient, PgClient>()
  let last: Statement | undefined

  const wrap = (client: pg.PoolClient): PgClient => ({
    query: (config) => {
      const { text } = config
      if (typeof text === 'string' && /^\s*\(*\s*select[\s\S]*from "ops_/.test(text)) last = config
      return client.query(config as pg.QueryConfig)
    },
    release: (destroy) => client.release(destroy),
    get processID() {
      return (client as { readonly processID?: number }).processID ?? null
    },
  })

  return {
    connect: async () => {
      const client = await pool.connect()
      const known = wrapped.get(client) ?? wrap(client)
      wrapped.set(client, known)
      return known
    },
    lastPlan: async () => {
      if (last === undefined) throw new Error('No rows were read yet.')
      const { rows } = await pool.query(`explain (costs off) ${last.text}`, last.values)
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    },
    [Symbol.asyncDispose]: () => pool.end(),
  }
}
