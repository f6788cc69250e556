import type { PGlite } from '@electric-sql/pglite'
import { control } from './worker-messages.ts'

/** What PGlite exports of PostgreSQL and of its own files, and does not name in its types. */
interface Interruptible {
  /** Made anew whenever the memory grows. */
  readonly HEAPU8: Uint8Array
  readonly _InterruptPending: number
  readonly _QueryCancelPending: number
  readonly NODEFS: { readonly stream_ops: { read(...place: readonly unknown[]): number } }
}

/**
 * Lets a statement be cancelled as on a server. PGlite gets no signals, and no message while a statement runs; but it
 * leaves WebAssembly to read a file, which a long statement over a large table does every few milliseconds. There it is
 * told what PostgreSQL's own handler of a signal would tell it.
 *
 * @returns to be called after each request: a cancel that came too late must not hit the next
 */
export function cancelStatements(db: PGlite, words: Int32Array<SharedArrayBuffer>): () => void {
  const postgres = db.Module as unknown as Interruptible
  const files = postgres.NODEFS.stream_ops
  const read = files.read.bind(files)
  const isUnwanted = () => {
    const served = Atomics.load(words, control.serving)
    return served !== 0 && served === Atomics.load(words, control.unwanted)
  }
  files.read = (...place) => {
    if (isUnwanted()) {
      postgres.HEAPU8[postgres._QueryCancelPending] = 1
      postgres.HEAPU8[postgres._InterruptPending] = 1
    }
    return read(...place)
  }
  return () => {
    postgres.HEAPU8[postgres._QueryCancelPending] = 0
  }
}
