import type { CallOptions } from '../db/transaction.ts'
import type { Run } from '../runs/run.ts'
import type { CheckOptions, ImportCheck } from '../transfer/import/check-import.ts'
import type { ConfirmedImport, ConfirmOptions } from '../transfer/import/confirm-import.ts'
import type { ImportProposal, ProposalRequest } from '../transfer/import/propose-import.ts'
import type { ImportOptions, ImportRequest } from '../transfer/import/start-import.ts'
import type { ImportFile, Upload } from '../transfer/import/uploads.ts'
import type { SourceInput } from '../transfer/read/source.ts'

/** Files that become rows. */
export interface ImportsApi {
  /**
   * Stores a file that is to be looked at first and imported later; what it gives stands for the file in the other
   * methods. The import that it is handed to removes it in the end.
   *
   * @throws OpsError `INVALID_INPUT`, `STORAGE_FULL`
   */
  upload(file: SourceInput, options?: { readonly name?: string | undefined }): Promise<Upload>
  /**
   * Looks at the beginning of a file and proposes how to import it: format, types, and where its columns go, as files
   * with the same headers went before. A stream can be looked at once: `upload` it.
   *
   * @throws OpsError `INVALID_INPUT` for what is no file that can be read; `NOT_FOUND`
   */
  propose(file: ImportFile, request: ProposalRequest, options?: CallOptions): Promise<ImportProposal>
  /**
   * Goes through the whole file and counts, for each column, what would not fit, with examples; gives the request back
   * with the options and types that the whole file calls for. 500,000 rows take about two seconds.
   *
   * @throws OpsError `INVALID_INPUT`, `NOT_FOUND`
   */
  confirm(file: ImportFile, request: ImportRequest, options?: ConfirmOptions): Promise<ConfirmedImport>
  /**
   * Goes through the whole file as `start` would, and writes nothing: what would be made, changed, left out and why.
   *
   * @throws OpsError as `start`
   */
  check(file: ImportFile, request: ImportRequest, options?: CheckOptions): Promise<ImportCheck>
  /**
   * Starts bringing a file into a table, as a run that survives this process: see `runs`. The table and the columns that
   * are new are made at once; with the rows they are one operation, which one undo takes back.
   *
   * A file on a disk, given by its path, is read where it lies and must stay there as it is; anything else is stored
   * first.
   *
   * @throws OpsError `INVALID_INPUT`, `NOT_FOUND`, `ALREADY_EXISTS`, `LIMIT_EXCEEDED`, `STORAGE_FULL`
   */
  start(file: ImportFile, request: ImportRequest, options?: ImportOptions): Promise<Run>
  /**
   * The rows that an import, or a copy from another table, rejected, as CSV: line, column, value, reason, and the row itself under the file's own
   * headers. Corrected, it is imported like any file: `propose` leaves the first four columns out. Empty but for the
   * headers if nothing was rejected.
   *
   * @throws OpsError `NOT_FOUND`
   */
  errorFile(runId: string, options?: CallOptions): AsyncIterable<Uint8Array>
}
