import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { checkInput } from '../../errors/check-input.ts'
import { OpsError } from '../../errors/ops-error.ts'
import { copiedLines } from '../../store/copied-fields.ts'
import { snapshotRows } from '../../store/export-rows.ts'
import type { OrgSession } from '../../store/org-session.ts'
import { type ExportPlan, planExport } from './export-plan.ts'
import { type ExportQuery, exportQuerySchema, type TableExportOptions } from './export-query.ts'
import { type ExportReport, type ExportTally, newTally } from './export-report.ts'
import { fileNameOf } from './file-name.ts'
import { createSpool, type Spool } from './spool.ts'
import { writeDelimited } from './write-delimited.ts'
import { writeJsonLines } from './write-json-lines.ts'
import { writeWorkbook } from './write-workbook.ts'

/** A file while it is made: read `body` to the end, or cancel. */
export interface TableExport extends AsyncDisposable {
  /** `Leads – Hot.csv`: without signs that file systems forbid; not escaped for a header of HTTP. */
  readonly fileName: string
  readonly contentType: string
  /** The file. Cancelling it, or an error in it, ends the export. */
  readonly body: ReadableStream<Uint8Array>
  /** Resolves once the body was read to its end; rejects with whatever ended the export before. */
  readonly finished: Promise<ExportReport>
  /** Ends the export and frees what it holds. Does nothing once it is over. */
  cancel(): Promise<void>
}

const timeoutDefaultMs = 600_000
const idleDefaultMs = 300_000

const contentTypes = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  jsonl: 'application/x-ndjson; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

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

function openExport(
  plan: ExportPlan,
  spool: Spool,
  stop: AbortController,
  { signal, idleTimeoutMs }: { readonly signal: AbortSignal | undefined; readonly idleTimeoutMs: number },
): TableExport {
  const { query } = plan
  const tally = newTally()
  const file = fileOf(copiedLines(spool.read()), plan, tally)
  const finished = Promise.withResolvers<ExportReport>()
  finished.promise.catch(() => {}) // Who reads the body learns of it there.
  let idle: NodeJS.Timeout | undefined
  let over = false

  async function end(reason: unknown): Promise<void> {
    if (over) return
    over = true
    clearTimeout(idle)
    signal?.removeEventListener('abort', onAbort)
    finished.reject(reason)
    stop.abort(reason)
    await spool.close(reason)
  }
  const onAbort = (): void => void end(signal?.reason)
  signal?.addEventListener('abort', onAbort, { once: true })
  if (signal?.aborted === true) onAbort()

  function waitForReader(): void {
    clearTimeout(idle)
    if (over) return
    const sentence = `Nobody read on for ${idleTimeoutMs} ms, so the export was ended.`
    idle = setTimeout(() => void end(new OpsError('TIMEOUT', sentence)), idleTimeoutMs)
    idle.unref()
  }

  waitForReader()
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        clearTimeout(idle)
        try {
          const next = await file.next()
          if (next.done === true) {
            finished.resolve(tally)
            await end(undefined)
            controller.close()
            return
          }
          tally.bytes += next.value.length
          controller.enqueue(next.value)
          waitForReader()
        } catch (error) {
          await end(error)
          throw error
        }
      },
      cancel: async (reason) => await end(reason ?? cancelled()),
    },
    { highWaterMark: 0 },
  )
  const cancel = async (): Promise<void> => await end(cancelled())
  return {
    fileName: fileNameOf(query.fileName ?? plan.title, query.format),
    contentType: contentTypeOf(plan),
    body,
    finished: finished.promise,
    cancel,
    [Symbol.asyncDispose]: cancel,
  }
}

function cancelled(): Error {
  return new DOMException('The export was cancelled.', 'AbortError')
}

function contentTypeOf({ query }: ExportPlan): string {
  const type = contentTypes[query.format]
  return 'encoding' in query ? `${type}; charset=${query.encoding}` : type
}

function fileOf(
  lines: AsyncIterable<readonly string[]>,
  plan: ExportPlan,
  tally: ExportTally,
): AsyncGenerator<Uint8Array> {
  const { query } = plan
  switch (query.format) {
    case 'csv':
    case 'tsv':
      return writeDelimited(lines, plan, query, tally)
    case 'jsonl':
      return writeJsonLines(lines, plan, query, tally)
    case 'xlsx':
      return writeWorkbook(lines, plan, query, tally)
    default:
      return query satisfies never
  }
}
