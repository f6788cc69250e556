import type { OpenDatabase } from '../../db/open-database.ts'
import { hourly } from '../../store/maintenance/hourly.ts'
import type { FileStore } from '../file-store.ts'
import { sweepUploads } from './sweep-uploads.ts'

/** Uploads that nobody has imported are kept for a day. */
const keptMs = 86_400_000

/** Removes uploads that nobody has imported, once an hour at most. */
export function sweepHourly(
  files: FileStore,
  databases: () => Promise<readonly OpenDatabase[]>,
  now: () => Date,
): (signal: AbortSignal) => Promise<void> {
  const isDue = hourly()
  return async (signal) => {
    if (!isDue(files)) return
    await sweepUploads(files, await databases(), new Date(now().getTime() - keptMs), { signal })
  }
}
