import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { OpsError } from '../../errors/ops-error.ts'
import { say } from '../../sentences/say.ts'
import type { FileStore } from '../file-store.ts'
import { openSource } from '../read/open-source.ts'
import type { Source } from '../read/source.ts'
import type { StoredSource } from './import-input.ts'
import { asUpload, type ImportFile, storeUpload } from './uploads.ts'

/**
 * Makes sure that a file can be read again, by any process that has the store: one that lies on a disk stays there, any
 * other is stored.
 *
 * @throws OpsError `INVALID_INPUT`, `NOT_FOUND`, `STORAGE_FULL`
 */
export async function storeSource(
  files: FileStore,
  orgId: string,
  file: ImportFile,
  name: string | undefined,
): Promise<{ readonly source: StoredSource; readonly name: string | null }> {
  const stored = asUpload(orgId, file)
  if (stored !== undefined) return asStored(stored.upload, stored.size, name ?? stored.name)
  const path = typeof file === 'string' || file instanceof URL ? await pathOf(file, name) : undefined
  if (path !== undefined) return path
  const {
    upload,
    size,
    name: found,
  } = await storeUpload(files, orgId, file as Exclude<ImportFile, { upload: string }>, name)
  return asStored(upload, size, found)
}

function asStored(file: string, size: number, name: string | null) {
  return { source: { kind: 'stored', file, size } as const, name }
}

async function pathOf(file: string | URL, name: string | undefined) {
  await using source = await openSource(file, name)
  if (source.path === undefined) return undefined
  const path = resolve(source.path)
  const { size, mtimeMs } = await stat(path)
  return {
    source: { kind: 'path', path, size, changedMs: mtimeMs } as const,
    name: source.name?.slice(0, 1_000) ?? null,
  }
}

/**
 * Opens a file to look at it.
 *
 * @throws OpsError `INVALID_INPUT`, `NOT_FOUND`
 */
export async function openFile(
  files: FileStore,
  orgId: string,
  file: ImportFile,
  name: string | undefined,
): Promise<Source> {
  const stored = asUpload(orgId, file)
  if (stored === undefined) return await openSource(file as Exclude<ImportFile, { upload: string }>, name)
  return await openStored(files, { kind: 'stored', file: stored.upload, size: stored.size }, name ?? stored.name)
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
  throw new OpsError(
    'CONFLICT',
    say('The file has changed since the import was started. Cancel the run and start another.'),
  )
}

/** Removes an upload that is no longer needed. */
export async function forgetStored(files: FileStore, stored: StoredSource): Promise<void> {
  if (stored.kind === 'stored') await files.delete(stored.file)
}
