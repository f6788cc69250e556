import { existsSync } from 'node:fs'
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'
import { AnswerWriter } from './answer-writer.ts'
import { cancelStatements } from './cancel-statement.ts'
import { Checkpoints } from './checkpoints.ts'
import { fillFromPrepared } from './prepared-data.ts'
import { RequestQueue } from './request-queue.ts'
import { Session } from './session.ts'
import {
  type ClientRequest,
  control,
  type DatabaseErrorFields,
  type FromWorker,
  type ToWorker,
  type WorkerStart,
} from './worker-messages.ts'

/**
 * The thread that holds PGlite: takes requests of many connections, serves them one at a time on the one session.
 */
async function run(port: NonNullable<typeof parentPort>, start: WorkerStart): Promise<void> {
  const db = await openDatabase(start)
  const session = new Session(db)
  const checkpoints = new Checkpoints(db)
  const forgetCancel = cancelStatements(db, start.control)
  const queue = new RequestQueue<ClientRequest>()
  const listeners = new Set<number>()
  const post = (message: FromWorker, transfer: readonly ArrayBuffer[] = []) => port.postMessage(message, [...transfer])
  const writer = new AnswerWriter(start.control, post)
  let serving = false
  let closing = false
  /** Who left since a request was last chosen; may be the one that was being served. */
  const left = new Set<number>()

  function accept(message: ToWorker): void {
    switch (message.kind) {
      case 'leave':
        queue.drop(message.connection)
        listeners.delete(message.connection)
        left.add(message.connection)
        return
      case 'close':
        closing = true
        return
      default:
        queue.add(message)
    }
  }

  function acceptWaiting(): void {
    for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
      accept(next.message as ToWorker)
    }
  }

  async function serveAll(): Promise<void> {
    if (serving) return
    serving = true
    for (;;) {
      // Whoever left meanwhile must not be served any more.
      acceptWaiting()
      await rollBackForLeaver()
      const request = queue.take()
      if (request === undefined) break
      Atomics.store(start.control, control.serving, request.connection)
      await serve(request)
      Atomics.store(start.control, control.serving, 0)
      forgetCancel()
      if (queue.owner === undefined) await checkpoints.takeIfDue()
    }
    serving = false
    if (closing) await close()
  }

  async function rollBackForLeaver(): Promise<void> {
    if (queue.owner !== undefined && left.has(queue.owner)) {
      await session.rollBack()
      queue.disown()
    }
    left.clear()
  }

  async function serve(request: ClientRequest): Promise<void> {
    const { connection } = request
    if (request.kind === 'copy') {
      await serveCopy(request)
    } else {
      const notifications: Uint8Array<ArrayBuffer>[] = []
      const status = await session.serveGroup(request.bytes, request.end, {
        onBytes: (bytes) => writer.write(connection, bytes),
        onNotification: (message) => notifications.push(message),
        onListen: () => listeners.add(connection),
      })
      writer.finish(connection, status, listeners.has(connection))
      for (const message of notifications) notifyOthers(connection, message)
    }
    if (session.status === 'I') queue.disown()
    else queue.own(connection)
  }

  async function serveCopy({ call, ...request }: Extract<ClientRequest, { kind: 'copy' }>): Promise<void> {
    try {
      const { rows, bytes } = await session.copy({ call, ...request })
      post({ kind: 'copied', call, rows, bytes }, [bytes.buffer])
    } catch (error) {
      post({ kind: 'copyFailed', call, error: databaseErrorFields(error) })
    }
  }

  /** The client that was served has the notification in its own answer. */
  function notifyOthers(served: number, message: Uint8Array<ArrayBuffer>): void {
    for (const connection of listeners) {
      if (connection === served) continue
      Atomics.add(start.control, control.unreadBytes, message.length)
      post({ kind: 'answer', connection, bytes: message, status: undefined, listens: true })
    }
  }

  async function close(): Promise<void> {
    await session.rollBack()
    await db.close()
    post({ kind: 'closed' })
  }

  endOnBrokenSession(db)
  port.on('message', (message: ToWorker) => {
    accept(message)
    void serveAll()
  })
  post({ kind: 'ready' })
}

/**
 * Pages that PostgreSQL keeps itself. It fills them with zeros when it starts, which with its usual 128 MB is two thirds
 * of the time that opening takes (590 ms against 245). More would hardly help, as the operating system keeps the files:
 * with 128 MB, what was tried on 100,000 rows (30 MB) took as long, on 700,000 (220 MB) as long or up to a sixth less.
 */
const sharedBuffers = '32MB'

async function openDatabase({ dataDirectory, preparedDirectory, code }: WorkerStart): Promise<PGlite> {
  const options = {
    pgliteWasmModule: code,
    // Segments of 1 MB instead of 16 keep a small database small, and quick to copy.
    initDbStartParams: ['--wal-segsize=1'],
    startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${sharedBuffers}`],
  }
  if (!existsSync(dataDirectory)) {
    await fillFromPrepared(preparedDirectory, dataDirectory, async (directory) => {
      const db = await PGlite.create(directory, options)
      await dropTemplates(db)
      await db.close()
    })
  }
  return PGlite.create(dataDirectory, { ...options, extensions: { pg_trgm, unaccent } })
}

/** Two thirds of a fresh data directory are two databases that only `create database` needs. */
async function dropTemplates(db: PGlite): Promise<void> {
  await db.exec("update pg_database set datistemplate = false where datname like 'template_'")
  await db.exec('drop database template0')
  await db.exec('drop database template1')
}

/** The longjmp of an ordinary SQL error, as PGlite names it. */
const sqlErrorStatus = 100

/**
 * PGlite swallows whatever leaves PostgreSQL's main loop and calls it again: after a WebAssembly trap or a FATAL error
 * it would spin for ever. Ending the thread lets the owner reopen the database.
 */
function endOnBrokenSession(db: PGlite): void {
  const module = db.Module
  const serveOnce = module._PostgresMainLoopOnce.bind(module)
  module._PostgresMainLoopOnce = () => {
    try {
      serveOnce()
    } catch (error) {
      if ((error as { status?: number }).status !== sqlErrorStatus) process.exit(1)
      throw error
    }
  }
}

function databaseErrorFields(error: unknown): DatabaseErrorFields {
  const fields = Object.entries(error as object).filter(([, value]) => typeof value === 'string')
  return { ...Object.fromEntries(fields), message: error instanceof Error ? error.message : String(error) }
}

if (parentPort === null) throw new Error('worker.ts is the entry of a worker thread')
const port = parentPort
run(port, workerData as WorkerStart).catch((error: unknown) => {
  port.postMessage({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
})
