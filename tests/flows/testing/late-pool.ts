import { setTimeout as sleep } from 'node:timers/promises'
import type { PgClient, PgPool } from '@opslayer/core'
import pg from 'pg'
import type { SeededRandom } from '../../bench/seeded-random.ts'

/** Why a commit did not happen. */
class RefusedCommit extends Error {}

/** A pool whose transactions wait before they commit, up to `delayMs`, and of which a share is refused instead. */
export function latePool(
  url: string,
  options: { readonly max: number; readonly delayMs: number; readonly refused: number; readonly random: SeededRandom },
): PgPool & AsyncDisposable {
  const { max, delayMs, refused, random } = options
  const pool = new pg.Pool({ connectionString: url, max })
  pool.on('error', () => {}) // As `pg` asks of hosts: an idle connection may die.
  const wrap = (client: pg.PoolClient): PgClient => ({
    query: async (config) => {
      if (config.text === 'commit') {
        await sleep(random.below(delayMs + 1))
        if (random.next() < refused) throw new RefusedCommit('The test refused to commit.')
      }
      return await client.query(config as pg.QueryConfig)
    },
    release: (destroy) => client.release(destroy),
    processID: null,
  })
  return {
    connect: async () => wrap(await pool.connect()),
    [Symbol.asyncDispose]: () => pool.end(),
  }
}
