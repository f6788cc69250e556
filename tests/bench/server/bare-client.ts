import pg from 'pg'
import type { LoadCrowd, LoadTable } from './load-crowd.ts'
import { filledIn, type SentTransaction } from './recorded-sql.ts'

/** As many connections as opslayer makes. */
const poolSize = 10

/** Texts as they come: what reading them costs is not the SQL's. */
const types = { getTypeParser: () => (text: string) => text }

/** Sends the statements as they were recorded, over a pool and in one round trip each, as opslayer does. */
export function bareClient(way: Extract<LoadCrowd['way'], { readonly kind: 'bare' }>, table: LoadTable) {
  const pool = new pg.Pool({ connectionString: way.databaseUrl, max: poolSize })
  pool.on('error', () => {})

  async function send(transaction: SentTransaction): Promise<void> {
    const lent = await pool.connect()
    const client = lent as unknown as Pipelining
    client.pipeline = true
    try {
      client.connection.stream.cork()
      const answers = transaction.map((query) => lent.query({ ...query, types } as pg.QueryConfig))
      client.connection.stream.uncork()
      await Promise.all(answers)
    } finally {
      client.pipeline = false
      lent.release()
    }
  }

  return {
    window: (offset: number) => send(filledIn(way.window, table, { offset })),
    edit: (id: number, visits: number) => send(filledIn(way.edit, table, { id, visits })),
  }
}

/** What the types of `pg` do not tell of its clients. */
interface Pipelining {
  pipeline: boolean
  readonly connection: { readonly stream: { cork(): void; uncork(): void } }
}
