import type { PGlite } from '@electric-sql/pglite'

/** Write-ahead log that may gather before a checkpoint: bounds its files and the replay after a kill. */
const logBytesPerCheckpoint = 32 * 1024 * 1024

/** How often, at most, the size of the log is looked at (0.1 ms each): a fast machine writes 40 MB in half a second. */
const intervalMs = 100

/**
 * Takes checkpoints, because nobody else does: PostgreSQL in single-user mode has no checkpointer and never recycles
 * its log on its own (measured: 15 MB more for every 100,000 rows, without end).
 */
export class Checkpoints {
  readonly #db: PGlite
  #lookedAt = performance.now()
  #position: string | undefined

  constructor(db: PGlite) {
    this.#db = db
  }

  /** Takes a checkpoint when it is time. Must not be called inside a transaction. */
  async takeIfDue(): Promise<void> {
    if (performance.now() - this.#lookedAt < intervalMs) return
    const { rows } = await this.#db.query<{ position: string; bytes: string }>(
      `select pg_current_wal_insert_lsn()::text as position,
        pg_wal_lsn_diff(pg_current_wal_insert_lsn(), coalesce($1::pg_lsn, (pg_control_checkpoint()).redo_lsn))::text as bytes`,
      [this.#position],
    )
    this.#position ??= rows[0]?.position
    if (Number(rows[0]?.bytes) >= logBytesPerCheckpoint) {
      await this.#db.exec('checkpoint')
      this.#position = rows[0]?.position
    }
    this.#lookedAt = performance.now()
  }
}
