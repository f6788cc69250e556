import { Duplex } from 'node:stream'
import type { OpsError } from '../../errors/ops-error.ts'
import { type FrontendUnit, MessageGrouper } from './message-grouper.ts'
import { encryptionRefusal, greeting } from './wire-messages.ts'
import type { FromWorker, SessionStatus, ToWorker } from './worker-messages.ts'

type Answer = Extract<FromWorker, { kind: 'answer' }>

/** What a {@link PortStream} needs of the thread it speaks to. */
export interface PortHost {
  /** Resolves when a worker takes messages; rejects when none can be had. */
  ready(): Promise<void>
  /** Whether {@link post} may be called now. */
  readonly isReady: boolean
  post(message: ToWorker, transfer?: readonly ArrayBuffer[]): void
  /** Answer bytes that the client has taken. */
  consumed(bytes: number): void
  /** Counts requests without an answer; while there are any, the process is kept alive. */
  addPending(count: number): void
  detach(stream: PortStream): void
}

/**
 * The "socket" that a pg client speaks through: groups of messages go to the worker, its answers come back.
 * An idle client survives a restart of the worker; one with a query or a transaction under way does not.
 */
export class PortStream extends Duplex {
  /** Also the client's `processID`. */
  readonly connection: number
  readonly #host: PortHost
  readonly #grouper = new MessageGrouper()
  #outbox: FrontendUnit[] = []
  #pending = 0
  #status: SessionStatus = 'I'
  #listens = false
  /** Set when the worker was restarted under an open transaction, until the client notices. */
  #lost: OpsError | undefined
  #unconsumed = 0

  constructor(host: PortHost, connection: number) {
    super({ decodeStrings: true })
    this.#host = host
    this.connection = connection
  }

  /** Whether a transaction was open after the last answer. */
  get isInTransaction(): boolean {
    return this.#status !== 'I'
  }

  /** pg calls this where it would open a socket. */
  connect(): this {
    this.#host.ready().then(
      () => this.emit('connect'),
      (error: Error) => this.destroy(error),
    )
    return this
  }

  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
    return this
  }

  /** The host keeps the process alive while requests are under way, not while clients exist. */
  ref(): this {
    return this
  }

  unref(): this {
    return this
  }

  /** Takes what the worker answered. */
  receive({ bytes, status, listens }: Answer): void {
    if (status !== undefined) {
      this.#status = status
      this.#listens = listens
      this.endRequest()
    }
    if (this.push(bytes)) this.#host.consumed(bytes.length)
    else this.#unconsumed += bytes.length
  }

  beginRequest(): void {
    this.#pending++
    this.#host.addPending(1)
  }

  endRequest(): void {
    if (this.#pending === 0) return
    this.#pending--
    this.#host.addPending(-1)
  }

  /** The session is gone, and with it every transaction and every LISTEN. */
  sessionLost(error: OpsError): void {
    if (this.#pending > 0 || this.#listens) this.destroy(error)
    else if (this.#status !== 'I') this.#lost = error
  }

  /** Rejects if the client may send nothing more, because its transaction was lost. */
  assertUsable(): void {
    if (this.#lost === undefined) return
    const error = this.#lost
    this.destroy(error)
    throw error
  }

  override _read(): void {
    if (this.#unconsumed > 0) this.#host.consumed(this.#unconsumed)
    this.#unconsumed = 0
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#writeAll([chunk], done)
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#writeAll(
      chunks.map(({ chunk }) => chunk),
      done,
    )
  }

  override _final(done: (error?: Error | null) => void): void {
    this.push(null)
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (this.#host.isReady) this.#host.post({ kind: 'leave', connection: this.connection })
    this.#host.addPending(-this.#pending)
    this.#pending = 0
    this._read()
    this.#host.detach(this)
    done(error)
  }

  #writeAll(chunks: readonly Buffer[], done: (error?: Error | null) => void): void {
    if (this.#lost !== undefined) {
      done(this.#lost)
      return
    }
    for (const chunk of chunks) this.#outbox.push(...this.#grouper.push(chunk))
    if (this.#outbox.length === 0 || this.#host.isReady) {
      this.#deliver()
      done()
      return
    }
    this.#host.ready().then(() => {
      this.#deliver()
      done()
    }, done)
  }

  #deliver(): void {
    const units = this.#outbox
    this.#outbox = []
    for (const unit of units) this.#deliverOne(unit)
  }

  #deliverOne(unit: FrontendUnit): void {
    switch (unit.kind) {
      case 'encryptionRequest':
        this.push(encryptionRefusal)
        return
      case 'startup':
        this.push(greeting(this.connection))
        return
      case 'terminate':
        // pg ends the stream next.
        return
      case 'group':
        this.beginRequest()
        this.#host.post({ ...unit, connection: this.connection }, [unit.bytes.buffer])
        return
      default:
        unit satisfies never
    }
  }
}
