import { createHash } from 'node:crypto'
import * as z from 'zod'
import { randomText } from '../../catalog/new-id.ts'
import { OpsError } from '../../errors/ops-error.ts'
import { say } from '../../sentences/say.ts'
import type { FileStore } from '../file-store.ts'
import { openSource } from '../read/open-source.ts'
import type { SourceInput } from '../read/source.ts'

/** A file that was stored before it is imported: looked at, planned, checked, then imported. Plain JSON. */
export interface Upload {
  /** Its name in the store. */
  readonly upload: string
  /** What the file is called. */
  readonly name: string | null
  /** In bytes. */
  readonly size: number
}

export const uploadSchema = z.strictObject({
  upload: z.string().regex(/^upload_[a-z0-9]{24,80}$/),
  name: z.string().max(1_000).nullable(),
  size: z.int().min(0),
})

/** Anything that holds a file, or an {@link Upload}. */
export type ImportFile = SourceInput | Upload

/** Stores a file whole. @throws OpsError `INVALID_INPUT`, `STORAGE_FULL` */
export async function storeUpload(
  files: FileStore,
  orgId: string,
  input: SourceInput,
  name: string | undefined,
): Promise<Upload> {
  await using source = await openSource(input, name)
  const upload = `${prefixOf(orgId)}${randomText(20)}`
  const size = await files.write(upload, source.open())
  return { upload, name: source.name?.slice(0, 1_000) ?? null, size }
}

/**
 * The upload that an input is, if it is one.
 *
 * @throws OpsError `NOT_FOUND` for what is none of this org's
 */
export function asUpload(orgId: string, file: ImportFile): Upload | undefined {
  if (typeof file !== 'object' || !('upload' in file)) return undefined
  const parsed = uploadSchema.safeParse(file)
  if (parsed.success && parsed.data.upload.startsWith(prefixOf(orgId))) return parsed.data
  throw new OpsError('NOT_FOUND', say('There is no such upload.'), { path: ['file'] })
}

/** Whose a file of the store is stands in its name. */
function prefixOf(orgId: string): string {
  return `upload_${createHash('sha256').update(orgId).digest('hex').slice(0, 12)}`
}
