import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { PassThrough, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

/** An archive while it is written. */
export interface ArchiveFile {
  line(content: object): Promise<void>
  /** Writes rows in the text format of COPY as `data` lines; says how many, their size, how the last one begins. */
  data(chunks: AsyncIterable<Uint8Array>): Promise<{ rows: number; bytes: number; last: string }>
  end(): Promise<void>
  /** Waits until everything is on the disk. */
  close(): Promise<void>
}

/** Characters of a `data` line. */
const dataLength = 256 * 1024

export function createArchiveFile(path: string): ArchiveFile {
  const input = new PassThrough()
  const written = pipeline(input, createGzip({ level: 1 }), createWriteStream(path))
  written.catch(() => {}) // Reported by close.
  const hash = createHash('sha256')
  let lines = 0

  async function line(content: object): Promise<void> {
    const text = `${JSON.stringify(content)}\n`
    hash.update(text)
    lines += 1
    await write(input, text, written)
  }

  return {
    line,
    data: async (chunks) => {
      const decoder = new TextDecoder()
      const counter = rowCounter()
      let pending = ''
      let bytes = 0
      const flush = async (end: number): Promise<void> => {
        const data = pending.slice(0, end)
        pending = pending.slice(end)
        counter.add(data)
        await line({ data })
      }
      for await (const chunk of chunks) {
        bytes += chunk.length
        pending += decoder.decode(chunk, { stream: true })
        while (pending.length >= dataLength) await flush(cutAt(pending, dataLength))
      }
      if (pending !== '') await flush(pending.length)
      return { rows: counter.rows(), bytes, last: counter.last() }
    },
    end: async () =>
      await write(input, `${JSON.stringify({ end: true, lines, sha256: hash.digest('hex') })}\n`, written),
    close: async () => {
      input.end()
      await written
    },
  }
}

/** Characters of a row that its key takes at most. */
const keyLength = 64

/** Counts rows in pieces of COPY's text, where a newline always ends a row: those in values are escaped. */
function rowCounter(): { add(text: string): void; rows(): number; last(): string } {
  let rows = 0
  let last = ''
  let begun = ''
  return {
    add: (text) => {
      let start = 0
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
        last = (begun + text.slice(start, Math.min(end, start + keyLength))).slice(0, keyLength)
        begun = ''
        rows += 1
        start = end + 1
      }
      begun = (begun + text.slice(start, start + keyLength)).slice(0, keyLength)
    },
    rows: () => rows,
    last: () => last,
  }
}

/** Not between the halves of a surrogate pair. */
function cutAt(text: string, length: number): number {
  const code = text.charCodeAt(length - 1)
  return code >= 0xd800 && code <= 0xdbff ? length - 1 : length
}

async function write(input: Writable, text: string, failed: Promise<void>): Promise<void> {
  if (input.write(text)) return
  const { promise, resolve } = Promise.withResolvers<void>()
  input.once('drain', resolve)
  await Promise.race([promise, failed])
}
