import type { CompiledCode } from './pglite-code.ts'

/**
 * What the embedded database's owner (the host's thread) and its worker say to each other.
 * Connections are numbers given by the owner; the worker learns of one with its first message.
 */

/** How the worker is started. */
export interface WorkerStart {
  /** PGlite's data directory; made from the prepared one when it does not exist. */
  readonly dataDirectory: string
  /** Where initialised data is kept between databases, so that `initdb` (seconds) runs once per machine. */
  readonly preparedDirectory: string
  /** PGlite, compiled. */
  readonly code: CompiledCode
  /** Shared words, see {@link control}. */
  readonly control: Int32Array<SharedArrayBuffer>
}

/** Indexes of the words both sides read and write while the worker is deep inside PostgreSQL. */
export const control = {
  /** The connection being served, 0 when none is. */
  serving: 0,
  /** Bytes of answers posted and not yet read by a client; the worker pauses at {@link answerWindowBytes}. */
  unreadBytes: 1,
  /** A connection that nobody waits for any more: what is done for it may end. */
  unwanted: 2,
  words: 3,
} as const

/** The largest answer message: more would hold the event loop while pg parses it. */
export const answerMessageBytes = 256 * 1024

/** Answer bytes under way before the worker waits: bounds memory, and what pg parses in one turn of the event loop. */
export const answerWindowBytes = 1024 * 1024

/** How a group of frontend messages ends: after `flush` the same client must go on, up to its `sync`. */
export type GroupEnd = 'sync' | 'flush'

/** PostgreSQL's transaction states (idle, open, failed); `unsynced` stands after a flush. */
export type SessionStatus = 'I' | 'T' | 'E' | 'unsynced'

/** What a client asked for; waits in the queue until its connection's turn. */
export type ClientRequest =
  | {
      readonly kind: 'group'
      readonly connection: number
      readonly end: GroupEnd
      readonly bytes: Uint8Array<ArrayBuffer>
    }
  | {
      readonly kind: 'copy'
      readonly connection: number
      readonly call: number
      /** A whole `copy … '/dev/blob'` statement. */
      readonly sql: string
      /** What `/dev/blob` holds, for `copy … from`. */
      readonly data: Uint8Array<ArrayBuffer> | undefined
    }

export type ToWorker =
  | ClientRequest
  /** The client is gone: its waiting requests are dropped, its transaction is rolled back. */
  | { readonly kind: 'leave'; readonly connection: number }
  | { readonly kind: 'close' }

/** The fields of a PostgreSQL error that pg's `DatabaseError` also has. */
export interface DatabaseErrorFields {
  readonly message: string
  readonly [field: string]: string | undefined
}

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }
  | {
      readonly kind: 'answer'
      readonly connection: number
      readonly bytes: Uint8Array<ArrayBuffer>
      /** With the last bytes of a group's answer: what the session is in now. */
      readonly status: SessionStatus | undefined
      /** The client has run LISTEN; set with `status`. */
      readonly listens: boolean
    }
  | { readonly kind: 'copied'; readonly call: number; readonly rows: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'copyFailed'; readonly call: number; readonly error: DatabaseErrorFields }
  | { readonly kind: 'closed' }
