import type { EmbeddedConnections } from './embedded/embedded-connections.ts'
import type { PgPool } from './pool.ts'

/** A directory in which the embedded database lives; made by {@link embedded}. */
export interface EmbeddedDirectory {
  readonly kind: 'embedded'
  readonly directory: string
}

/** A connection string, the host's own `pg` pool, or an embedded database. */
export type DatabaseInput = string | PgPool | EmbeddedDirectory

/**
 * The embedded database: a whole PostgreSQL in a worker thread of this process, its files in `directory`. For
 * development, demos and tests: one process at a time, and a power cut (not a kill) may lose the last writes.
 *
 * @param directory made when missing; `'memory'` keeps it in a temporary folder that goes when the database is closed
 */
export function embedded(directory: string): EmbeddedDirectory {
  return { kind: 'embedded', directory }
}

export function isEmbeddedDirectory(input: DatabaseInput): input is EmbeddedDirectory {
  return typeof input === 'object' && 'kind' in input && input.kind === 'embedded'
}

/** An embedded database that somebody else has open: how trials of plugins have several processes in one. */
export interface SharedEmbedded extends EmbeddedDirectory {
  readonly connect: () => EmbeddedConnections
}

export function isSharedEmbedded(input: EmbeddedDirectory): input is SharedEmbedded {
  return 'connect' in input
}
