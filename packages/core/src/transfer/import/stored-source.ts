import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { randomText } from '../../catalog/new-id.ts'
import { OpsError } from '../../errors/ops-error.ts'
import type { FileStore } from '../file-store.ts'
import { openSource } from '../read/open-source.ts'
import type { Source, SourceInput } from '../read/source.ts'
import type { StoredSource } from './import-input.ts'

/**
 * Makes sure that a file can be read again, by any process that has the store: one that lies on a disk stays there, any
 * other is stored.
 *
 * @throws OpsError `INVALID_INPUT`, `STORAGE_FULL`
 */
export async function storeSource(
  files: FileStore,
  input: SourceInput,
  name: string | undefined,
): Promise<{ readonly source: StoredSource; readonly name: string | null }> {
  await using source = await openSource(input, name)
  if (source.path !== undefined) {
    const path = resolve(source.path)
    const { size, mtimeMs } = await stat(path)
    return { source: { kind: 'path', path, size, changedMs: mtimeMs }, name: source.name ?? null }
  }
  const file = `upload_${randomText(20)}`
  const size = await files.write(file, source.open())
  return { source: { kind: 'stored', file, size }, name: source.name ?? null }
}

/**
 * Opens what {@link storeSource} made safe.
 *
 * @throws OpsError `CONFLICT` if the file on the disk is no longer the same; `NOT_FOUND`, `INVALID_INPUT`
 */
export async function openStored(files: FileStore, stored: StoredSource, name: string | null): Promise<Source> {
  const named = name === null ? {} : { name }
  if (stored.kind === 'stored') {
    const { file, size } = stored
    return await openSource({ open: (range) => files.read(file, range), size, ...named })
  }
  const source = await openSource(stored.path, name ?? undefined)
  const { size, mtimeMs } = await stat(stored.path)
  if (size === stored.size && mtimeMs === stored.changedMs) return source
  await source[Symbol.asyncDispose]()
  throw new OpsError('CONFLICT', 'The file has changed since the import was started. Cancel the run and start another.')
}

/** Removes an upload that is no longer needed. */
export async function forgetStored(files: FileStore, stored: StoredSource): Promise<void> {
  if (stored.kind === 'stored') await files.delete(stored.file)
}
