import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type ArchiveHeader, type ArchiveLine, damaged, lineLimit, parseHeader, parseLine } from './archive-format.ts'

/** Bytes of an archive, as `exportOrg` gave them or as they come from a file or the network. */
export type ArchiveSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

export interface ArchiveReader {
  readonly header: ArchiveHeader
  /** The lines between the header and the end; throws if the archive was cut short or changed. */
  readonly lines: AsyncGenerator<ArchiveLine>
}

/**
 * Opens an archive; whether it is gzipped shows in its first bytes.
 *
 * @throws OpsError `INVALID_INPUT`, `SCHEMA_NEWER`
 */
export async function readArchive(source: ArchiveSource): Promise<ArchiveReader> {
  const texts = linesOf(await plain(source))
  const first = await texts.next()
  if (first.done === true) throw damaged('it is empty')
  return { header: parseHeader(first.value), lines: checkedLines(first.value, texts) }
}

async function* checkedLines(first: string, texts: AsyncGenerator<string>): AsyncGenerator<ArchiveLine> {
  const hash = createHash('sha256').update(`${first}\n`)
  let lines = 1
  for await (const text of texts) {
    const line = parseLine(text, lines + 1)
    if ('end' in line) {
      if (line.lines !== lines || line.sha256 !== hash.digest('hex')) throw damaged('its content was changed')
      if ((await texts.next()).done !== true) throw damaged('it goes on after its end')
      return
    }
    hash.update(`${text}\n`)
    lines += 1
    yield line
  }
  throw damaged('its end is missing')
}

async function plain(source: ArchiveSource): Promise<AsyncIterable<Uint8Array>> {
  const chunks = chunksOf(source)
  const first = await chunks.next()
  const all = startingWith(first.done === true ? new Uint8Array() : first.value, chunks)
  const zipped = first.done !== true && first.value[0] === 0x1f && first.value[1] === 0x8b
  return zipped ? unzipped(all) : all
}

async function* unzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip()
  const input = Readable.from(chunks)
  input.on('error', (error) => gunzip.destroy(error))
  try {
    yield* input.pipe(gunzip) as AsyncIterable<Uint8Array>
  } catch (error) {
    const isZlib = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
    throw isZlib ? damaged('it cannot be unzipped', error) : error
  } finally {
    input.destroy()
  }
}

/** Without empty chunks, so that the first one shows how the archive begins. */
async function* chunksOf(source: ArchiveSource): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) if (chunk.length > 0) yield chunk
}

async function* startingWith(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  yield* rest
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let begun: Uint8Array[] = []
  let size = 0
  const take = (end: Uint8Array): string => {
    const text = Buffer.concat([...begun, end]).toString('utf8')
    begun = []
    size = 0
    return text
  }
  for await (const chunk of chunks) {
    let start = 0
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, start)) {
      yield take(chunk.subarray(start, at))
      start = at + 1
    }
    const rest = chunk.subarray(start)
    size += rest.length
    if (size > lineLimit) throw damaged('a line is too long')
    if (rest.length > 0) begun.push(rest)
  }
  if (size > 0) yield take(new Uint8Array())
}
