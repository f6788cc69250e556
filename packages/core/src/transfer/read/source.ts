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
  /** In bytes. */
  readonly size?: number | undefined
}

/** Bytes as they come: a web `ReadableStream`, a Node `Readable`, any async iterable. */
export type ByteStream = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>

/** Anything that holds a file: a path or `file:` URL, its bytes, a stream (read once), or a {@link ReopenableSource}. */
export type SourceInput = string | URL | Uint8Array | ByteStream | ReopenableSource

/** A file that is ready to be read. Made by `openSource`; close it, for it may hold a stream or a temporary file. */
export interface Source extends AsyncDisposable {
  readonly name: string | undefined
  /** In bytes; undefined until a stream has ended. */
  readonly size: number | undefined
  /** Whether it can be read more than once. A stream can be looked at (its first 1 MB) and then read once. */
  readonly reopenable: boolean
  /** The first bytes, at most 1 MB. */
  head(bytes: number): Promise<Uint8Array>
  /**
   * The bytes from an offset on.
   *
   * @throws OpsError `INVALID_INPUT` if it is a stream that was read before
   */
  open(from?: number): AsyncIterable<Uint8Array>
}
