import type { PGlite } from '@electric-sql/pglite'
import { AnswerScanner } from './answer-scanner.ts'
import { groupCopiesOverWire } from './wire-copy.ts'
import { queryMessage, syncMessage } from './wire-messages.ts'
import type { ClientRequest, GroupEnd, SessionStatus } from './worker-messages.ts'

/** Receives what PostgreSQL answers while a request is served. */
export interface SessionOutput {
  /** `bytes` is a view of PostgreSQL's memory: copy what is kept. */
  readonly onBytes: (bytes: Uint8Array) => void
  readonly onNotification: (message: Uint8Array<ArrayBuffer>) => void
  readonly onListen: () => void
}

/** What a COPY through `/dev/blob` yields. */
export interface CopyResult {
  readonly rows: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

type CopyRequest = Extract<ClientRequest, { kind: 'copy' }>

/** PGlite's one session, driven request by request. */
export class Session {
  readonly #db: PGlite
  #unsynced = false

  constructor(db: PGlite) {
    this.#db = db
  }

  get status(): SessionStatus {
    if (this.#unsynced) return 'unsynced'
    return this.#db.isInTransaction() ? 'T' : 'I'
  }

  /** Sends a group of frontend messages to PostgreSQL and returns what the session is in afterwards. */
  async serveGroup(bytes: Uint8Array, end: GroupEnd, output: SessionOutput): Promise<SessionStatus> {
    let status: SessionStatus = 'unsynced'
    const scanner = new AnswerScanner({
      onReady: (state) => {
        status = state
      },
      onNotification: output.onNotification,
      onCommand: (tag) => {
        if (tag === 'LISTEN') output.onListen()
      },
    })
    this.#unsynced = end === 'flush'
    await this.#send(groupCopiesOverWire(bytes) ? copyRefusal : bytes, (answer) => {
      scanner.push(answer)
      output.onBytes(answer)
    })
    return status
  }

  /** Runs a COPY between `/dev/blob` and the database, inside the transaction that is open, if any. */
  async copy(request: CopyRequest): Promise<CopyResult> {
    // A COPY that failed leaves what it had written.
    await this.#db._getWrittenBlob()
    const role = await this.#currentRole()
    // Reading a file is a superuser's right, and /dev/blob counts as one.
    if (role !== 'none') await this.#db.query('set local role none')
    const blob = request.data === undefined ? {} : { blob: new Blob([request.data]) }
    const result = await this.#db.query(request.sql, [], blob)
    if (role !== 'none') await this.#db.query("select set_config('role', $1, true)", [role])
    const written = (await result.blob?.arrayBuffer()) ?? new ArrayBuffer(0)
    return { rows: result.rowCount ?? result.affectedRows ?? 0, bytes: new Uint8Array(written) }
  }

  /** Ends what a client left open. */
  async rollBack(): Promise<void> {
    if (this.#unsynced) await this.#send(syncMessage, ignore)
    this.#unsynced = false
    if (this.#db.isInTransaction()) await this.#send(queryMessage('rollback'), ignore)
  }

  async #currentRole(): Promise<string> {
    const { rows } = await this.#db.query<{ role: string }>("select current_setting('role') as role")
    return rows[0]?.role ?? 'none'
  }

  async #send(bytes: Uint8Array, onRawData: (bytes: Uint8Array) => void): Promise<void> {
    await this.#db.execProtocolRawStream(bytes, { syncToFs: false, onRawData })
  }
}

function ignore(): void {}

/** Raised by PostgreSQL itself, so that an open transaction fails as it would on a server. */
const copyRefusal = queryMessage(
  `do $opslayer$ begin raise exception using errcode = 'feature_not_supported',
    message = 'the embedded database cannot COPY from or to a client',
    hint = 'use copyIn or copyOut of the embedded database'; end $opslayer$`,
)
