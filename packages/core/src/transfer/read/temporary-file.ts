import { randomUUID } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OpsError } from '../../errors/ops-error.ts'
import { say } from '../../sentences/say.ts'

const maxBytes = 4_000_000_000

/**
 * Copies bytes into a file without a name, which the system removes with the process.
 *
 * @throws OpsError `STORAGE_FULL`, `LIMIT_EXCEEDED` for more than 4 GB
 */
export async function temporaryFile(
  chunks: AsyncIterable<Buffer>,
  signal: AbortSignal | undefined,
): Promise<FileHandle> {
  const path = join(tmpdir(), `opslayer-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  try {
    await unlink(path)
    let written = 0
    for await (const chunk of chunks) {
      signal?.throwIfAborted()
      written += chunk.length
      if (written > maxBytes)
        throw new OpsError('LIMIT_EXCEEDED', say('A workbook can have 4 GB at most; export it as CSV.'))
      await writeWhole(file, chunk)
    }
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

async function writeWhole(file: FileHandle, chunk: Buffer): Promise<void> {
  try {
    for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    const message =
      'The disk for temporary files is full, so the workbook cannot be read. Free some space and try again.'
    throw new OpsError('STORAGE_FULL', message, { cause: error })
  }
}
