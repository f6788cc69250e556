import type { CallOptions } from '../../db/transaction.ts'
import type { OrgSession, Work } from '../../store/org-session.ts'
import type { FileStore } from '../file-store.ts'
import { type Confirmation, confirmPlan } from '../understand/confirm-plan.ts'
import { resolvePlan } from '../understand/resolve-plan.ts'
import { settlePlan } from '../understand/settle-plan.ts'
import { checkRequest, type ImportRequest } from './start-import.ts'
import { openFile } from './stored-source.ts'
import type { ImportFile } from './uploads.ts'

/** What the whole file says of a plan, column by column. */
export interface ConfirmedImport extends Confirmation {
  /**
   * The request with what the file taught: columns to be made have the options that the sample did not show, and are text
   * where more than a tenth of their cells would not fit.
   */
  readonly request: ImportRequest
}

export interface ConfirmOptions extends CallOptions {
  /** What the file is called, where it does not say so itself. */
  readonly name?: string | undefined
  /** Called as the file is read. */
  readonly onProgress?: ((done: { readonly records: number; readonly bytes: number }) => void) | undefined
}

/**
 * Goes through the whole file and counts, for each column, what would not fit. Asks the database for the table alone.
 *
 * @throws OpsError `INVALID_INPUT`, `NOT_FOUND`
 */
export async function confirmImport(
  session: OrgSession,
  files: FileStore,
  file: ImportFile,
  request: ImportRequest,
  { name, onProgress, ...options }: ConfirmOptions = {},
): Promise<ConfirmedImport> {
  const { plan } = checkRequest(request)
  const { target, format, sourceColumns } = plan
  const { columns, context } =
    target.kind === 'new'
      ? await session.read(options, async ({ types, context }: Work) => {
          return { columns: resolvePlan(plan, types, null), context }
        })
      : await session.readTable(target.tableId, options, async ({ types, context, table }) => {
          return { columns: resolvePlan(plan, types, table), context }
        })
  await using source = await openFile(files, session.orgId, file, name)
  const { signal } = options
  const confirmation = await confirmPlan(source, format, columns, context, {
    columns: sourceColumns,
    signal,
    onProgress,
  })
  return { ...confirmation, request: { ...request, ...settlePlan(plan, confirmation) } }
}
