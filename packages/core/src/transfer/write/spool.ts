import { randomUUID } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OpsError } from '../../errors/ops-error.ts'

/**
 * Bytes on their way from a fast writer to a slow reader: the first megabytes that wait do so in memory, the others in
 * a temporary file without a name, which the system removes even if the process is killed. So the writer, a database
 * that keeps a transaction open for it, never waits for the reader.
 */
export interface Spool {
  /** @throws OpsError `STORAGE_FULL`, and whatever closed the spool */
  write(bytes: Uint8Array): Promise<void>
  /** Forgets what was written. Only before anybody reads. */
  clear(): Promise<void>
  /** Nothing more will be written; with an error, reading ends with it once it has come there. */
  end(error?: unknown): void
  /** What was written, once, as it comes. */
  read(): AsyncGenerator<Uint8Array>
  /** Frees everything; who still writes or reads gets the reason. */
  close(reason: unknown): Promise<void>
}

/** Bytes that wait in memory at most. */
const memoryBytes = 4 * 1024 * 1024

/** Bytes read from the file at once. */
const readBytes = 256 * 1024

export function createSpool(): Spool {
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let file: FileHandle | undefined
  let written = 0
  let consumed = 0
  let ended: { readonly error?: unknown } | undefined
  let closed: { readonly reason: unknown } | undefined
  let changed = Promise.withResolvers<void>()

  function notify(): void {
    changed.resolve()
    changed = Promise.withResolvers()
  }

  function checkOpen(): void {
    if (closed !== undefined) throw closed.reason
  }

  async function write(bytes: Uint8Array): Promise<void> {
    checkOpen()
    if (file === undefined && waitingBytes + bytes.length <= memoryBytes) {
      waiting.push(bytes)
      waitingBytes += bytes.length
    } else {
      file ??= await openNameless()
      if (closed !== undefined) await file.close()
      checkOpen()
      await writeWhole(file, bytes, written)
      written += bytes.length
    }
    notify()
  }

  async function* read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      checkOpen()
      const next = waiting.shift()
      if (next !== undefined) {
        waitingBytes -= next.length
        yield next
      } else if (file !== undefined && consumed < written) {
        const buffer = Buffer.allocUnsafe(Math.min(readBytes, written - consumed))
        const { bytesRead } = await file.read(buffer, 0, buffer.length, consumed)
        consumed += bytesRead
        yield buffer.subarray(0, bytesRead)
      } else if (ended !== undefined) {
        if ('error' in ended) throw ended.error
        return
      } else {
        await changed.promise
      }
    }
  }

  return {
    write,
    clear: async () => {
      checkOpen()
      waiting = []
      waitingBytes = 0
      written = 0
    },
    end: (...error) => {
      ended ??= error.length === 0 ? {} : { error: error[0] }
      notify()
    },
    read,
    close: async (reason) => {
      if (closed !== undefined) return
      closed = { reason }
      waiting = []
      notify()
      await file?.close()
    },
  }
}

async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `opslayer-spool-${randomUUID()}`)
  try {
    const file = await open(path, 'wx+', 0o600)
    // Open, it stays usable without its name.
    await unlink(path)
    return file
  } catch (error) {
    throw fileError(error)
  }
}

async function writeWhole(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  try {
    for (let done = 0; done < bytes.length; ) {
      done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten
    }
  } catch (error) {
    throw fileError(error)
  }
}

function fileError(cause: unknown): OpsError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return new OpsError(
      'STORAGE_FULL',
      'The temporary directory is full. Free some space, or point TMPDIR elsewhere.',
      {
        cause,
      },
    )
  }
  const sentence = 'No temporary file can be written. Look at the rights of the temporary directory, or set TMPDIR.'
  return new OpsError('INTERNAL', sentence, { cause })
}
