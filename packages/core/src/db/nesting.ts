import { AsyncLocalStorage } from 'node:async_hooks'
import { OpsError } from '../errors/ops-error.ts'

const inTransaction = new AsyncLocalStorage<true>()

/** Marks everything that `work` awaits as being inside a transaction. */
export function insideTransaction<T>(work: () => Promise<T>): Promise<T> {
  return inTransaction.run(true, work)
}

/**
 * A transaction started from inside another would wait for itself: at once on the embedded database, which has one
 * session, and under load on a pool. So it is refused on every database.
 *
 * @throws OpsError `NESTED_TRANSACTION`
 */
export function refuseNesting(): void {
  if (inTransaction.getStore() === true) {
    throw new OpsError(
      'NESTED_TRANSACTION',
      'A transaction was started inside another one. Await the first call before making the second.',
    )
  }
}

/** Starts work of its own that does not belong to the transaction it may be started from. */
export function outsideTransaction<T>(work: () => T): T {
  return inTransaction.exit(work)
}
