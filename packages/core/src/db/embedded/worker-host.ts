import { Worker } from 'node:worker_threads'
import pg from 'pg'
import { OpsError } from '../../errors/ops-error.ts'
import { pgliteCode } from './pglite-code.ts'
import { type PortHost, PortStream } from './port-stream.ts'
import {
  control,
  type DatabaseErrorFields,
  type FromWorker,
  type ToWorker,
  type WorkerStart,
} from './worker-messages.ts'

/** What a COPY through the worker gives. */
export interface CopyAnswer {
  readonly rows: number
  readonly bytes: Uint8Array
}

export interface CopyCall {
  /** A whole `copy … '/dev/blob'` statement. */
  readonly sql: string
  /** For `copy … from`; handed over, the caller can no longer read it. */
  readonly data?: Uint8Array<ArrayBuffer> | undefined
}

interface WaitingCopy {
  readonly stream: PortStream
  readonly resolve: (answer: CopyAnswer) => void
  readonly reject: (error: Error) => void
}

/**
 * PostgreSQL's own check of its stack (54001) only comes before the thread's when there is this much: with Node's 4 MB
 * a function that calls itself ended the worker.
 */
const workerStackMb = 64

type WorkerDirectories = Pick<WorkerStart, 'dataDirectory' | 'preparedDirectory'>

/**
 * Owns the worker thread: starts it, passes messages between it and the clients' streams, and opens another when it
 * was ended or has died.
 */
export class WorkerHost implements PortHost {
  readonly #directories: WorkerDirectories
  readonly #streams = new Map<number, PortStream>()
  readonly #copies = new Map<number, WaitingCopy>()
  readonly #closed = Promise.withResolvers<void>()
  #control = newControl()
  #worker: Worker | undefined
  #starting: Promise<void> | undefined
  #isReady = false
  #isClosing = false
  #lastConnection = 0
  #lastCall = 0
  #pending = 0

  constructor(directories: WorkerDirectories) {
    this.#directories = directories
  }

  get isReady(): boolean {
    return this.#isReady
  }

  ready(): Promise<void> {
    if (this.#isClosing) return Promise.reject(closedError())
    this.#starting ??= this.#start()
    return this.#starting
  }

  /** A stream for one more client. */
  connect(): PortStream {
    const stream = new PortStream(this, ++this.#lastConnection)
    this.#streams.set(stream.connection, stream)
    return stream
  }

  detach(stream: PortStream): void {
    this.#streams.delete(stream.connection)
    for (const [call, waiting] of this.#copies) {
      if (waiting.stream !== stream) continue
      this.#copies.delete(call)
      waiting.reject(stream.errored ?? leftError())
    }
  }

  post(message: ToWorker, transfer: readonly ArrayBuffer[] = []): void {
    this.#worker?.postMessage(message, [...transfer])
  }

  /** Tells the worker in a later turn of the event loop, so that a large result leaves room for others. */
  consumed(bytes: number): void {
    const words = this.#control
    setImmediate(() => {
      Atomics.sub(words, control.unreadBytes, bytes)
      Atomics.notify(words, control.unreadBytes)
    })
  }

  addPending(count: number): void {
    this.#pending += count
    this.#keepAliveWhilePending()
  }

  /** Runs a COPY at the client's place in the queue, inside its transaction when one is open. */
  async copy(stream: PortStream, { sql, data }: CopyCall): Promise<CopyAnswer> {
    await this.ready()
    stream.assertUsable()
    const call = ++this.#lastCall
    const answer = new Promise<CopyAnswer>((resolve, reject) => {
      this.#copies.set(call, { stream, resolve, reject })
    })
    stream.beginRequest()
    this.post({ kind: 'copy', connection: stream.connection, call, sql, data }, data === undefined ? [] : [data.buffer])
    return await answer
  }

  /** Whether PostgreSQL is at work for this client right now. */
  isServing(stream: PortStream): boolean {
    return Atomics.load(this.#control, control.serving) === stream.connection
  }

  /** Ends what PostgreSQL does for this client, which it is serving, once it next reads a file. */
  cancel(stream: PortStream): void {
    Atomics.store(this.#control, control.unwanted, stream.connection)
  }

  /** Ends the worker, whatever it does, and opens another on the same data. */
  async restart(error: OpsError): Promise<void> {
    const worker = this.#worker
    if (worker === undefined) return
    this.#loseSession(error)
    this.#starting = worker.terminate().then(() => this.#start())
    await this.#starting
  }

  /** Lets requests under way finish, then closes the database. */
  async close(): Promise<void> {
    if (this.#isClosing) return this.#closed.promise
    const opening = this.#starting
    this.#isClosing = true
    try {
      await opening?.catch(() => undefined)
      if (this.#isReady) await this.#closeWorker()
    } finally {
      for (const stream of this.#streams.values()) stream.destroy(closedError())
      this.#closed.resolve()
    }
  }

  async #closeWorker(): Promise<void> {
    const worker = this.#worker
    if (worker === undefined) return
    this.#isReady = false
    this.#keepAliveWhilePending()
    const done = new Promise<void>((resolve) => {
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'closed') resolve()
      })
      worker.on('exit', () => resolve())
    })
    this.post({ kind: 'close' })
    await done
    await worker.terminate()
  }

  async #start(): Promise<void> {
    try {
      await this.#launch()
    } catch (error) {
      this.#starting = undefined
      this.#loseSession(startError(error))
      throw startError(error)
    }
  }

  async #launch(): Promise<void> {
    const code = await pgliteCode()
    this.#control = newControl()
    const workerData: WorkerStart = { ...this.#directories, code, control: this.#control }
    const worker = new Worker(workerUrl(), {
      name: 'opslayer-embedded',
      workerData,
      execArgv: [],
      resourceLimits: { stackSizeMb: workerStackMb },
    })
    const opened = Promise.withResolvers<void>()
    this.#worker = worker
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'ready') opened.resolve()
      else if (message.kind === 'failed') opened.reject(new Error(message.message))
      else if (worker === this.#worker) this.#receive(message)
    })
    worker.on('error', (error) => opened.reject(error))
    worker.on('exit', (code) => {
      opened.reject(new Error(`the worker ended with code ${code} while it opened the database`))
      this.#exited(worker)
    })
    await opened.promise.catch(async (error) => {
      await worker.terminate()
      throw error
    })
    this.#isReady = true
    this.#keepAliveWhilePending()
  }

  #receive(message: FromWorker): void {
    switch (message.kind) {
      case 'answer': {
        const stream = this.#streams.get(message.connection)
        if (stream === undefined) this.consumed(message.bytes.length)
        else stream.receive(message)
        return
      }
      case 'copied':
        this.#endCopy(message.call)?.resolve(message)
        return
      case 'copyFailed':
        this.#endCopy(message.call)?.reject(databaseError(message.error))
        return
      case 'ready':
      case 'failed':
      case 'closed':
        return
      default:
        message satisfies never
    }
  }

  #endCopy(call: number): WaitingCopy | undefined {
    const waiting = this.#copies.get(call)
    this.#copies.delete(call)
    waiting?.stream.endRequest()
    return waiting
  }

  /** The worker has died of itself. */
  #exited(worker: Worker): void {
    if (worker !== this.#worker || !this.#isReady) return
    this.#loseSession(restartedError('ended unexpectedly'))
    this.#starting = undefined
  }

  #loseSession(error: OpsError): void {
    this.#isReady = false
    this.#worker = undefined
    for (const stream of [...this.#streams.values()]) stream.sessionLost(error)
  }

  #keepAliveWhilePending(): void {
    if (this.#pending > 0 || !this.#isReady) this.#worker?.ref()
    else this.#worker?.unref()
  }
}

/** What everything under way is told when the worker is opened anew. */
export function restartedError(what: string): OpsError {
  return new OpsError(
    'EMBEDDED_RESTARTED',
    `The embedded database ${what} and was reopened; what was not committed is rolled back. Run it again.`,
  )
}

function closedError(): OpsError {
  return new OpsError('DATABASE_UNAVAILABLE', 'The embedded database is closed.')
}

function leftError(): OpsError {
  return new OpsError('DATABASE_UNAVAILABLE', 'The client was closed while it was copying.')
}

function startError(cause: unknown): OpsError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new OpsError('DATABASE_UNAVAILABLE', `The embedded database could not be opened: ${reason}`, { cause })
}

function newControl(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(control.words * Int32Array.BYTES_PER_ELEMENT))
}

/** In the package the worker is bundled beside this file; in the repository it runs from its source. */
function workerUrl(): URL {
  if (import.meta.url.endsWith('.ts')) return new URL('./worker.ts', import.meta.url)
  return new URL('./embedded-worker.js', import.meta.url)
}

function databaseError({ message, ...fields }: DatabaseErrorFields): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError(message, message.length, 'error'), fields, { name: 'error' })
}
