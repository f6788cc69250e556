import type { PgClient, PgQuery, PgResult } from './pool.ts'

/**
 * Runs one query on a client, by `pg`'s callback. Its promise refers to the query that refers to its rows, which keeps
 * every result alive through collections of the young: reading a window of 100 rows that way took 1.05 ms of the
 * processor, 0.4 of them in the collector, and 0.65 this way.
 */
export function queryClient(client: PgClient, query: PgQuery): Promise<PgResult> {
  return new Promise((resolve, reject) => {
    const callback = (error: Error | null, result: PgResult): void => {
      if (error === null || error === undefined) resolve(result)
      else reject(error)
    }
    // A host's client of its own making may give a promise and know nothing of callbacks.
    const answered: Promise<PgResult | undefined> | undefined = client.query(Object.assign({ callback }, query))
    answered?.then((result) => result === undefined || resolve(result), reject)
  })
}
