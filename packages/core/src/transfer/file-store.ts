import type { ByteStream } from './read/source.ts'

/**
 * Where uploads lie until they are imported: a directory, a bucket. Give one that all processes share if several work on
 * runs, so that any of them can go on with an import.
 */
export interface FileStore {
  /**
   * Keeps a file whole: resolves once it is safe, and leaves nothing if it fails.
   *
   * @param name lower-case letters, digits and `_`; never used twice
   * @returns its size in bytes
   * @throws OpsError `STORAGE_FULL`; whatever the content throws
   */
  write(name: string, content: ByteStream): Promise<number>
  /** The bytes from an offset on. @throws OpsError `NOT_FOUND` */
  read(name: string, range: { readonly from: number }): ByteStream | Promise<ByteStream>
  /** Removes a file; does nothing if there is none. */
  delete(name: string): Promise<void>
  /** What it holds: lets `ops.startMaintenance()` remove uploads that nobody has imported within a day. */
  list?(): AsyncIterable<StoredFile>
}

export interface StoredFile {
  readonly name: string
  readonly writtenAt: Date
}
