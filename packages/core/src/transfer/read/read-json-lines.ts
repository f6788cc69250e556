import { say } from '../../sentences/say.ts'
import { addJsonRecord } from './add-json-record.ts'
import type { JsonLinesFormat } from './file-format.ts'
import { jsonColumns } from './json-cells.ts'
import { batchSize, closeBatch, openBatch, rejectRecord } from './open-batch.ts'
import { readLimits } from './read-limits.ts'
import type { ReadOptions } from './read-records.ts'
import type { RecordBatch } from './record-batch.ts'
import type { Source } from './source.ts'
import { textWindows } from './text-windows.ts'

/** One JSON value a line, in batches. See `readRecords`. */
export async function* readJsonLines(
  source: Source,
  format: JsonLinesFormat,
  options: ReadOptions,
): AsyncGenerator<RecordBatch> {
  const { from } = options
  const limits = readLimits(options)
  const columns = jsonColumns(options.columns ?? [], from?.foundColumns)
  const windows = textWindows(source, format.encoding, from?.byte ?? 0, options)
  let headerIsNext = from === undefined && format.header
  let batch = openBatch(from ?? { line: 1, record: 0 })
  let place = from?.byte ?? 0
  let batchStart = place
  let isSkipping = false
  try {
    for (let window = await windows.next(place); window !== undefined; window = await windows.next(place)) {
      const { text, last, misread, start } = window
      let at = 0
      while (at < text.length) {
        const found = text.indexOf('\n', at)
        const end = found === -1 ? text.length : found
        if (found === -1 && !last) {
          if (!isSkipping && end - at <= limits.maxRecordLength) break
          if (!isSkipping) rejectRecord(batch, tooLong(limits.maxRecordLength), text.slice(at, at + 1_000))
          isSkipping = true
          at = end
          break
        }
        const line = text.slice(at, end)
        if (isSkipping) isSkipping = false
        else if (line.length > limits.maxRecordLength) rejectRecord(batch, tooLong(limits.maxRecordLength), line)
        else if (line.trim() !== '') {
          if (headerIsNext) headerIsNext = false
          else addJsonRecord(batch, line, misread, columns, limits)
        }
        batch.line += 1
        at = Math.min(end + 1, text.length)
        if (batchSize(batch) < limits.batchRecords) continue
        batchStart = start + window.bytesOf(at)
        yield closeBatch(batch, batchStart, columns.found)
        batch = openBatch(batch)
      }
      place = start + window.bytesOf(at)
      if (place - batchStart < limits.batchBytes || batchSize(batch) === 0 || isSkipping) continue
      batchStart = place
      yield closeBatch(batch, place, columns.found)
      batch = openBatch(batch)
    }
    if (batchSize(batch) > 0) yield closeBatch(batch, place, columns.found)
  } finally {
    await windows[Symbol.asyncDispose]()
  }
}

function tooLong(length: number): string {
  return say('it is longer than {#count} characters', { count: length })
}
