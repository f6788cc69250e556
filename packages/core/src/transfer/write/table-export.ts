import { OpsError } from '../../errors/ops-error.ts'
import { copiedLines } from '../../store/copied-fields.ts'
import type { ExportPlan } from './export-plan.ts'
import { type ExportReport, newTally } from './export-report.ts'
import { fileNameOf } from './file-name.ts'
import type { Spool } from './spool.ts'
import { contentTypeOf, writeFile } from './write-file.ts'

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

/**
 * Makes the file of what comes through the spool. However it ends, the spool is closed and `stop` aborted: whoever fills
 * the spool stops with it.
 */
export function openExport(
  plan: ExportPlan,
  spool: Spool,
  stop: AbortController,
  { signal, idleTimeoutMs }: { readonly signal: AbortSignal | undefined; readonly idleTimeoutMs: number },
): TableExport {
  const { query } = plan
  const tally = newTally()
  const file = writeFile(copiedLines(spool.read()), plan, tally)
  const finished = Promise.withResolvers<ExportReport>()
  finished.promise.catch(() => {}) // Who reads the body learns of it there.
  let idle: NodeJS.Timeout | undefined
  let over: { readonly reason: unknown } | undefined

  async function end(reason: unknown): Promise<void> {
    if (over !== undefined) return
    over = { reason }
    clearTimeout(idle)
    signal?.removeEventListener('abort', onAbort)
    finished.reject(reason)
    stop.abort(reason)
    await spool.close(reason)
    await file.return(undefined).catch(() => {}) // It was ended while it read.
  }
  const onAbort = (): void => void end(signal?.reason)
  signal?.addEventListener('abort', onAbort, { once: true })
  if (signal?.aborted === true) onAbort()

  function waitForReader(): void {
    clearTimeout(idle)
    if (over !== undefined) return
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
          // What was ended half-way is not to look like a whole file.
          if (over !== undefined) throw over.reason
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
