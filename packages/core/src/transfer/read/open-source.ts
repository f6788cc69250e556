import { createReadStream } from 'node:fs'
import { open as openFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { OpsError } from '../../errors/ops-error.ts'
import { byteChunks, chunkBytes } from './byte-chunks.ts'
import { keptFile } from './kept-file.ts'
import { oneTimeSource } from './one-time-source.ts'
import { type ByteStream, maxHeadBytes, type ReopenableSource, type Source, type SourceInput } from './source.ts'
import { temporaryFile } from './temporary-file.ts'

/**
 * Makes a file ready to be read.
 *
 * @param name what the file is called, where the input does not know
 * @throws OpsError `INVALID_INPUT` for a path without a file and for anything that holds no file
 */
export async function openSource(input: SourceInput, name?: string): Promise<Source> {
  if (typeof input === 'string' || input instanceof URL) return await fileSource(pathOf(input), name)
  if (input instanceof Uint8Array) {
    return reopenableSource({ open: ({ from }) => [input.subarray(from)], size: input.byteLength, name })
  }
  if (input instanceof Blob) {
    const named = 'name' in input && typeof input.name === 'string' ? input.name : undefined
    const open = ({ from }: { readonly from: number }) => input.slice(from).stream()
    return reopenableSource({ open, size: input.size, name: name ?? named })
  }
  if (isStream(input)) return oneTimeSource(input, name)
  if (typeof input === 'object' && input !== null && typeof input.open === 'function') {
    const { size } = input
    return reopenableSource({ open: (range) => input.open(range), size, name: name ?? input.name })
  }
  throw new OpsError('INVALID_INPUT', 'This is no file: give a path, bytes, a stream, or an object with “open”.')
}

function pathOf(input: string | URL): string {
  if (typeof input === 'string') return input
  if (input.protocol === 'file:') return fileURLToPath(input)
  throw new OpsError(
    'INVALID_INPUT',
    `A file is read from file: URLs, not from ${input.protocol} ones; give its stream.`,
  )
}

async function fileSource(path: string, name = basename(path)): Promise<Source> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'There is no such file' : `The file cannot be read (${error.code})`
    throw new OpsError('INVALID_INPUT', `${why}: ${name}.`, { cause: error })
  })
  if (!found.isFile()) throw new OpsError('INVALID_INPUT', `${name} is a directory or a device, not a file.`)
  const open = ({ from }: { readonly from: number }) =>
    createReadStream(path, { start: from, highWaterMark: chunkBytes })
  return reopenableSource({ open, size: found.size, name }, path)
}

type Open = (range: { readonly from: number }) => ByteStream | Iterable<Uint8Array> | Promise<ByteStream>

function reopenableSource(
  { open, name, size }: Omit<ReopenableSource, 'open'> & { readonly open: Open },
  path?: string,
): Source {
  async function* bytesFrom(from: number): AsyncGenerator<Buffer> {
    let at = from
    for await (const chunk of byteChunks(await open({ from }))) {
      yield chunk
      at += chunk.length
    }
    if (size !== undefined && at < size) {
      const ended = `The file ended after ${at} of its ${size} bytes`
      throw new OpsError('INVALID_INPUT', `${ended}: the upload was cut, or the file changed. Send it again.`)
    }
  }
  const file = keptFile((signal) => (path === undefined ? temporaryFile(bytesFrom(0), signal) : openFile(path)))
  return {
    name,
    size,
    path,
    reopenable: true,
    open: (from = 0) => bytesFrom(from),
    async head(bytes) {
      const wanted = Math.min(bytes, maxHeadBytes)
      const chunks: Buffer[] = []
      let length = 0
      if (size !== 0) {
        for await (const chunk of bytesFrom(0)) {
          chunks.push(chunk)
          length += chunk.length
          if (length >= wanted) break
        }
      }
      return Buffer.concat(chunks).subarray(0, wanted)
    },
    file: file.get,
    [Symbol.asyncDispose]: file.close,
  }
}

function isStream(input: unknown): input is ByteStream {
  if (typeof input !== 'object' || input === null) return false
  return Symbol.asyncIterator in input || input instanceof ReadableStream
}
