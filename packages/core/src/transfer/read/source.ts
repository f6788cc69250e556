import type { FileHandle } from 'node:fs/promises'

/** A file that can be read from anywhere, any number of times: on a disk, in a bucket, in a database. */
export interface ReopenableSource {
  /**
   * Gives the bytes from `from` on (an offset, from 0).
   *
   * @throws whatever went wrong; it is rethrown to who reads
   */
  open(range: { readonly from: number }): ByteStream | Promise<ByteStream>
  /** What the file is called; its ending breaks ties when the format is guessed. */
  readonly name?: string | undefined
  /** In bytes; a file that ends earlier is refused as cut. */
  readonly size?: number | undefined
}

/** Bytes as they come: a web `ReadableStream`, a Node `Readable`, any async iterable. */
export type ByteStream = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>

/**
 * Anything that holds a file: a path or `file:` URL, its bytes, a `Blob` or `File`, a stream (read once), or a
 * {@link ReopenableSource}.
 */
export type SourceInput = string | URL | Uint8Array | Blob | ByteStream | ReopenableSource

/** A file that is ready to be read. Made by `openSource`; close it, for it may hold a stream or a temporary file. */
export interface Source extends AsyncDisposable {
  readonly name: string | undefined
  /** In bytes, where it is known beforehand. */
  readonly size: number | undefined
  /** Where it lies on a disk of this machine; undefined if it does not. */
  readonly path: string | undefined
  /** Whether it can be read more than once. A stream can be looked at ({@link maxHeadBytes}) and then read once. */
  readonly reopenable: boolean
  /** The first bytes: as many as asked for if the file has them, at most {@link maxHeadBytes}. */
  head(bytes: number): Promise<Buffer>
  /**
   * The bytes from an offset on.
   *
   * @throws OpsError `INVALID_INPUT` if it is a stream that was read before, or if `from` is not its beginning
   */
  open(from?: number): AsyncIterable<Buffer>
  /**
   * The file for reading at any place: itself where it lies on a disk, else a copy in a temporary file without a name,
   * which goes with the process. Valid until the source is closed.
   *
   * @throws OpsError `STORAGE_FULL`, `LIMIT_EXCEEDED` for more than 4 GB
   */
  file(signal?: AbortSignal): Promise<FileHandle>
}

/** The most that can be looked at without reading a file. */
export const maxHeadBytes = 1_048_576
