import type { KnownFormat } from '../file-format.ts'
import type { RawRecord } from '../record-batch.ts'

/** A file that somebody will import one day, and what becomes of it. */
export interface NastyFile {
  readonly bytes: () => Buffer
  readonly known?: KnownFormat
  /** What is found out, as far as it matters. */
  readonly format?: KnownFormat
  readonly columns?: readonly string[]
  readonly records?: readonly RawRecord[]
  /** The lines on which records begin. */
  readonly lines?: readonly number[]
  /** Lines of rejected records, with a part of the reason. */
  readonly rejected?: readonly (readonly [line: number, reason: string])[]
  /** Part of the warnings. */
  readonly warning?: string
  /** Part of the message with which the file is refused. */
  readonly refused?: string
}

/** The bytes of a text. */
export function text(content: string, encoding: BufferEncoding = 'utf8'): () => Buffer {
  return () => Buffer.from(content, encoding)
}
