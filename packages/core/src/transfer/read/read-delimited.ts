import { OpsError } from '../../errors/ops-error.ts'
import { say } from '../../sentences/say.ts'
import { delimitedScanner } from './delimited-scanner.ts'
import type { DelimitedFormat } from './file-format.ts'
import { batchSize, closeBatch, type OpenBatch, openBatch } from './open-batch.ts'
import { readLimits } from './read-limits.ts'
import type { ReadOptions } from './read-records.ts'
import type { RecordBatch } from './record-batch.ts'
import type { Source } from './source.ts'
import { textWindows } from './text-windows.ts'

/** Delimited text in batches. See `readRecords`. */
export async function* readDelimited(
  source: Source,
  format: DelimitedFormat,
  options: ReadOptions,
): AsyncGenerator<RecordBatch> {
  const { from } = options
  const limits = readLimits(options)
  const scanner = delimitedScanner(format, limits, from === undefined ? format.preambleLines : 0)
  const windows = textWindows(source, format.encoding, from?.byte ?? 0, options)
  let headerIsNext = from === undefined && format.header
  let batch = openBatch(from ?? { line: 1, record: 0 })
  let batchStart = from?.byte ?? 0
  let place = batchStart
  try {
    for (let window = await windows.next(place); window !== undefined; window = await windows.next(place)) {
      let at = 0
      for (;;) {
        const most = headerIsNext ? 1 : limits.batchRecords
        at = scanner.scan(window, at, batch, most)
        place = window.start + window.bytesOf(at)
        const isFull = batchSize(batch) >= most
        const isLarge = !headerIsNext && batchSize(batch) > 0 && place - batchStart >= limits.batchBytes
        if (scanner.isSkipping() || !(isFull || isLarge)) break
        if (headerIsNext) {
          refuseRejected(batch)
          headerIsNext = false
          batch = openBatch({ line: batch.line, record: 0 })
        } else {
          yield closeBatch(batch, place)
          batch = openBatch(batch)
        }
        batchStart = place
      }
    }
    if (headerIsNext) refuseRejected(batch)
    else if (batchSize(batch) > 0) yield closeBatch(batch, place)
  } finally {
    await windows[Symbol.asyncDispose]()
  }
}

function refuseRejected({ rejected: [header] }: OpenBatch): void {
  if (header === undefined) return
  throw new OpsError(
    'INVALID_INPUT',
    say('The header, on line {#line}, cannot be read: {~reason}.', { line: header.line, reason: header.reason }),
  )
}
