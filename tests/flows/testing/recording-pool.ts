import type { PgClient, PgPool } from '@opslayer/core'
import pg from 'pg'

/** A host's own pool that remembers the statements which went through it. */
export interface RecordingPool extends PgPool, AsyncDisposable {
  /** Plan of the last statement that read rows of an org's table, as PostgreSQL makes it for the same values. */
  lastPlan(): Promise<string>
  /** The same of the last statement that wrote rows. */
  lastWritePlan(): Promise<string>
  /** Text of the last edit of one row. */
  lastEdit(): string | undefined
}

interface Statement {
  readonly text: string
  readonly values?: unknown[]
}

export function recordingPool(url: string): RecordingPool {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  pool.on('error', () => {}) // As `pg` asks of hosts: an idle connection may die.
  const wrapped = new WeakMap<pg.PoolClient, PgClient>()
  let last: Statement | undefined
  let lastWrite: Statement | undefined
  let lastEdit: string | undefined

  const wrap = (client: pg.PoolClient): PgClient => ({
    query: (config) => {
      const { text } = config
      if (typeof text === 'string' && /^\s*\(*\s*select[\s\S]*from "ops_/.test(text)) last = config
      if (typeof text === 'string' && /^\s*with o as[\s\S]*"ops_/.test(text)) lastWrite = config
      if (typeof text === 'string' && /^\s*(with o as|select "ops_\w+"\."t\d+_e_)/.test(text)) lastEdit = text
      return client.query(config as pg.QueryConfig)
    },
    release: (destroy) => client.release(destroy),
    get pipeline() {
      return (client as PgClient).pipeline ?? false
    },
    set pipeline(on) {
      ;(client as PgClient).pipeline = on
    },
    get processID() {
      return (client as { readonly processID?: number }).processID ?? null
    },
  })

  const planOf = async (statement: Statement | undefined): Promise<string> => {
    if (statement === undefined) throw new Error('There was no such statement yet.')
    const { rows } = await pool.query(`explain (costs off) ${statement.text}`, statement.values)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  }

  return {
    connect: async () => {
      const client = await pool.connect()
      const known = wrapped.get(client) ?? wrap(client)
      wrapped.set(client, known)
      return known
    },
    lastPlan: () => planOf(last),
    lastWritePlan: () => planOf(lastWrite),
    lastEdit: () => lastEdit,
    [Symbol.asyncDispose]: () => pool.end(),
  }
}
