import { abortable } from './abortable.ts'
import { chunkBytes } from './byte-chunks.ts'
import { byteOrderMark, type DecodedBytes, decodeBytes, wholeCharacters } from './decode-bytes.ts'
import type { Encoding } from './file-format.ts'
import type { ReadOptions } from './read-records.ts'
import type { Source } from './source.ts'

/** Bytes of the longest byte order mark. */
const longestMark = 3

/** A stretch of a file as text. */
export interface TextWindow extends DecodedBytes {
  /** Place of its first byte in the file. */
  readonly start: number
  /** Whether the file ends with it. */
  readonly last: boolean
}

/** A file as overlapping stretches of text. */
export interface TextWindows extends AsyncDisposable {
  /**
   * The next stretch. It begins at byte `from` of the file, which lies in the last stretch or at its end, and is at least
   * twice as long as what was left of that one. Undefined after the end.
   */
  next(from: number): Promise<TextWindow | undefined>
}

/** Reads a file from an offset on. A byte order mark at its beginning is left out. */
export function textWindows(
  source: Source,
  encoding: Encoding,
  from: number,
  { windowBytes = chunkBytes, signal }: Pick<ReadOptions, 'windowBytes' | 'signal'>,
): TextWindows {
  const chunks = abortable(source.open(from), signal)
  let held: Buffer = Buffer.alloc(0)
  let start = from
  let ended = false
  let wasLast = false

  async function fill(least: number): Promise<void> {
    const parts: Buffer[] = [held]
    let length = held.length
    while (!ended && length < least) {
      const { done, value } = await chunks.next()
      if (done) {
        ended = true
      } else {
        parts.push(value)
        length += value.length
      }
    }
    if (parts.length > 1) held = Buffer.concat(parts)
  }

  return {
    async next(place) {
      if (wasLast) return undefined
      held = held.subarray(place - start)
      start = place
      // Doubled, so that a record longer than a window is read in time linear in its length.
      await fill(Math.max(windowBytes, held.length * 2, longestMark))
      if (start === 0) {
        const mark = byteOrderMark(held, encoding)
        held = held.subarray(mark)
        start += mark
      }
      wasLast = ended
      const whole = ended ? held : held.subarray(0, wholeCharacters(held, encoding))
      return { ...decodeBytes(whole, encoding), start, last: ended }
    },
    async [Symbol.asyncDispose]() {
      await chunks.return(undefined)
    },
  }
}
