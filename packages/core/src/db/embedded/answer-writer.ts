import {
  answerMessageBytes,
  answerWindowBytes,
  control,
  type FromWorker,
  type SessionStatus,
} from './worker-messages.ts'

/**
 * Gathers what PostgreSQL answers to one client into messages of at most 256 KB, and waits while the client's side has
 * not read enough of them: PostgreSQL runs to the end of a statement without a pause, so a large result would
 * otherwise pile up between the threads.
 */
export class AnswerWriter {
  readonly #post: (message: FromWorker, transfer: readonly ArrayBuffer[]) => void
  readonly #control: Int32Array<SharedArrayBuffer>
  readonly #buffer = new Uint8Array(answerMessageBytes)
  #filled = 0

  constructor(
    control: Int32Array<SharedArrayBuffer>,
    post: (message: FromWorker, transfer: readonly ArrayBuffer[]) => void,
  ) {
    this.#control = control
    this.#post = post
  }

  write(connection: number, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + this.#buffer.length - this.#filled)
      this.#buffer.set(part, this.#filled)
      this.#filled += part.length
      at += part.length
      if (this.#filled === this.#buffer.length) this.#flush(connection, undefined, false)
    }
  }

  /** Posts the rest of a group's answer together with the state the session is in. */
  finish(connection: number, status: SessionStatus, listens: boolean): void {
    this.#flush(connection, status, listens)
  }

  #flush(connection: number, status: SessionStatus | undefined, listens: boolean): void {
    const bytes = this.#buffer.slice(0, this.#filled)
    this.#filled = 0
    const unread = Atomics.add(this.#control, control.unreadBytes, bytes.length) + bytes.length
    this.#post({ kind: 'answer', connection, bytes, status, listens }, [bytes.buffer])
    if (status === undefined) this.#awaitReader(unread)
  }

  #awaitReader(unread: number): void {
    let left = unread
    while (left >= answerWindowBytes) {
      // Bounded, so that the thread can be ended while it waits.
      Atomics.wait(this.#control, control.unreadBytes, left, 1000)
      left = Atomics.load(this.#control, control.unreadBytes)
    }
  }
}
