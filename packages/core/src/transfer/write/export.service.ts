import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { checkInput } from '../../errors/check-input.ts'
import { snapshotRows } from '../../store/export-rows.ts'
import type { OrgSession } from '../../store/org-session.ts'
import { type ExportPlan, planExport } from './export-plan.ts'
import { type ExportQuery, exportQuerySchema, type TableExportOptions } from './export-query.ts'
import type { ExportReport } from './export-report.ts'
import { createSpool } from './spool.ts'
import { openExport, type TableExport } from './table-export.ts'

const timeoutDefaultMs = 600_000
const idleDefaultMs = 300_000

/**
 * A table, or what a view shows of it, as a file: all rows as they are at one moment, while others go on writing.
 *
 * Resolves once the rows begin to come (on the embedded database, once they are read) and gives the file as a stream.
 * A slow reader holds up nobody: what it has not taken yet waits in a temporary file, and no connection is held for it.
 * Memory stays bounded.
 *
 * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `INVALID_QUERY`, `UNSUPPORTED`; from the body also `TIMEOUT`,
 * `STORAGE_FULL`, `LIMIT_EXCEEDED` for a workbook over 4 GB
 */
export async function streamExport(
  session: OrgSession,
  tableId: string,
  query: ExportQuery,
  { signal, timeoutMs = timeoutDefaultMs, idleTimeoutMs = idleDefaultMs }: TableExportOptions = {},
): Promise<TableExport> {
  const checked = checkInput(exportQuerySchema, query)
  signal?.throwIfAborted()
  const spool = createSpool()
  const stop = new AbortController()
  const begun = Promise.withResolvers<ExportPlan>()
  const limits = { signal: signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]), timeoutMs }
  snapshotRows<ExportPlan>(session, tableId, limits, (work) => planExport(work, checked), {
    write: async (bytes) => {
      await spool.write(bytes).catch((error) => {
        // Otherwise the rest of the rows would still come, to be thrown away.
        stop.abort(error)
        throw error
      })
    },
    clear: spool.clear,
    begin: begun.resolve,
  }).then(
    () => spool.end(),
    (error) => {
      begun.reject(error)
      spool.end(error)
    },
  )
  try {
    return openExport(await begun.promise, spool, stop, { signal, idleTimeoutMs })
  } catch (error) {
    await spool.close(error)
    throw error
  }
}

/** The same, written to a stream of Node's or the web's, which is ended after it. */
export async function writeExport(
  session: OrgSession,
  tableId: string,
  query: ExportQuery,
  stream: Writable | WritableStream<Uint8Array>,
  options: TableExportOptions = {},
): Promise<ExportReport> {
  await using exported = await streamExport(session, tableId, query, options)
  await pipeline(exported.body, stream as Writable)
  return await exported.finished
}
