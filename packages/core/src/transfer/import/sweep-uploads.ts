import { filesOfRuns } from '../../catalog/system.repository.ts'
import type { OpenDatabase } from '../../db/open-database.ts'
import type { CallOptions } from '../../db/transaction.ts'
import type { FileStore, StoredFile } from '../file-store.ts'

/** Files looked up together. */
const atOnce = 200

/**
 * Removes uploads written before a moment that no import reads or may go on to read: whoever sent them has left, or was
 * cut off. Of a store that does not list its files nothing is known.
 */
export async function sweepUploads(
  files: FileStore,
  databases: readonly OpenDatabase[],
  before: Date,
  options: CallOptions = {},
): Promise<number> {
  let removed = 0
  let batch: string[] = []
  const sweep = async (): Promise<void> => {
    const found = await Promise.all(databases.map((database) => filesOfRuns(database, batch, options)))
    const used = new Set(found.flat())
    for (const name of batch) {
      if (used.has(name)) continue
      await files.delete(name)
      removed += 1
    }
    batch = []
  }
  for await (const { name, writtenAt } of files.list?.() ?? noFiles()) {
    options.signal?.throwIfAborted()
    if (writtenAt < before) batch.push(name)
    if (batch.length === atOnce) await sweep()
  }
  if (batch.length > 0) await sweep()
  return removed
}

async function* noFiles(): AsyncGenerator<StoredFile> {}
