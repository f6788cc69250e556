import { OpsError } from '../../errors/ops-error.ts'
import { byteChunks } from './byte-chunks.ts'
import { keptFile } from './kept-file.ts'
import { type ByteStream, maxHeadBytes, type Source } from './source.ts'
import { temporaryFile } from './temporary-file.ts'

/** A source over a stream: its beginning is held until it is read, so that it can be looked at before. */
export function oneTimeSource(stream: ByteStream, name: string | undefined): Source {
  const chunks = byteChunks(stream)
  const held: Buffer[] = []
  let opened = false

  async function* all(): AsyncGenerator<Buffer> {
    try {
      for (let chunk = held.shift(); chunk !== undefined; chunk = held.shift()) yield chunk
      yield* chunks
    } finally {
      await chunks.return(undefined)
    }
  }

  function open(from = 0): AsyncIterable<Buffer> {
    if (opened) throw readBefore()
    if (from !== 0) throw new OpsError('INVALID_INPUT', 'A stream can only be read from its beginning.')
    opened = true
    return all()
  }

  const copy = keptFile((signal) => temporaryFile(open(), signal))
  return {
    name,
    size: undefined,
    path: undefined,
    reopenable: false,
    async head(bytes) {
      if (opened) throw readBefore()
      const wanted = Math.min(bytes, maxHeadBytes)
      let length = held.reduce((sum, chunk) => sum + chunk.length, 0)
      while (length < wanted) {
        const { done, value } = await chunks.next()
        if (done) break
        held.push(value)
        length += value.length
      }
      return Buffer.concat(held).subarray(0, wanted)
    },
    open,
    file: copy.get,
    async [Symbol.asyncDispose]() {
      await copy.close()
      await chunks.return(undefined)
    },
  }
}

function readBefore(): OpsError {
  return new OpsError('INVALID_INPUT', 'A stream can be read only once: save it to a file to read it again.')
}
