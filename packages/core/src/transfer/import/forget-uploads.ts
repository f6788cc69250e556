import { listRuns } from '../../catalog/runs.repository.ts'
import { isOpsError } from '../../errors/ops-error.ts'
import type { OrgSession } from '../../store/org-session.ts'
import type { FileStore } from '../file-store.ts'
import { importInputSchema } from './import-input.ts'
import { forgetStored } from './stored-source.ts'

const notEnded = ['queued', 'running', 'paused', 'failed'] as const

/** Imports looked at together. */
const atOnce = 200

/** Removes the files of an org's imports that have not ended: before the org is erased, which knows of no files. */
export async function forgetUploads(session: OrgSession, files: FileStore): Promise<void> {
  try {
    for (let before: string | undefined; ; ) {
      const page = { before, limit: atOnce }
      const runs = await session.read({}, ({ tx, org }) =>
        listRuns(tx.db, org.orgId, { kind: 'import', states: notEnded }, page),
      )
      for (const { input } of runs) await forgetStored(files, importInputSchema.parse(input).source)
      if (runs.length < atOnce) return
      before = runs.at(-1)?.id
    }
  } catch (error) {
    // There is no such org, or its erasing goes on.
    if (!isOpsError(error, 'NOT_FOUND') && !isOpsError(error, 'ORG_UNAVAILABLE')) throw error
  }
}
