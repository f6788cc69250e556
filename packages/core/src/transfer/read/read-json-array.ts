import { OpsError } from '../../errors/ops-error.ts'
import { say } from '../../sentences/say.ts'
import { addJsonRecord } from './add-json-record.ts'
import type { JsonArrayFormat } from './file-format.ts'
import { jsonColumns } from './json-cells.ts'
import { nextJsonElement } from './json-element.ts'
import { batchSize, closeBatch, openBatch } from './open-batch.ts'
import { readLimits } from './read-limits.ts'
import type { ReadOptions } from './read-records.ts'
import type { RecordBatch } from './record-batch.ts'
import type { Source } from './source.ts'
import { textWindows } from './text-windows.ts'

/** The elements of one JSON array, in batches. See `readRecords`. */
export async function* readJsonArray(
  source: Source,
  format: JsonArrayFormat,
  options: ReadOptions,
): AsyncGenerator<RecordBatch> {
  const { from } = options
  const limits = readLimits(options)
  const columns = jsonColumns(options.columns ?? [], from?.foundColumns)
  const windows = textWindows(source, format.encoding, from?.byte ?? 0, options)
  let headerIsNext = from === undefined && format.header
  let isOpen = from !== undefined
  let batch = openBatch(from ?? { line: 1, record: 0 })
  let place = from?.byte ?? 0
  let batchStart = place
  try {
    for (let window = await windows.next(place); window !== undefined; window = await windows.next(place)) {
      const { text, last, misread, start } = window
      let at = 0
      if (!isOpen) {
        at = openingBracket(text, last)
        batch.line += lineBreaks(text, 0, at)
        isOpen = at > 0
      }
      while (isOpen) {
        const element = nextJsonElement(text, at)
        if (element.closes) {
          if (batchSize(batch) > 0) yield closeBatch(batch, start + window.bytesOf(element.start), columns.found)
          return
        }
        // A bare number at the end of the text may go on behind it.
        const isCut = element.end === -1 || (element.end === text.length && !last)
        batch.line += lineBreaks(text, at, element.start)
        at = element.start
        if (isCut && !last) {
          refuseEndless(text.length - at, limits.maxRecordLength, batch.line)
          break
        }
        if (isCut) {
          if (batchSize(batch) > 0) yield closeBatch(batch, start + window.bytesOf(at), columns.found)
          throw cutFile(batch.record)
        }
        const { end } = element
        refuseEndless(end - at, limits.maxRecordLength, batch.line)
        if (headerIsNext) headerIsNext = false
        else addJsonRecord(batch, text.slice(at, end), misread, columns, limits)
        batch.line += lineBreaks(text, at, end)
        at = end
        if (batchSize(batch) < limits.batchRecords) continue
        batchStart = start + window.bytesOf(at)
        yield closeBatch(batch, batchStart, columns.found)
        batch = openBatch(batch)
      }
      place = start + window.bytesOf(at)
      if (place - batchStart < limits.batchBytes || batchSize(batch) === 0) continue
      batchStart = place
      yield closeBatch(batch, place, columns.found)
      batch = openBatch(batch)
    }
    if (batchSize(batch) > 0) yield closeBatch(batch, place, columns.found)
  } finally {
    await windows[Symbol.asyncDispose]()
  }
}

function openingBracket(text: string, last: boolean): number {
  const at = text.search(/\S/)
  if (text[at] === '[') return at + 1
  if (at === -1 && !last) return 0
  throw new OpsError('INVALID_INPUT', say('The file is not one JSON array: it does not begin with “[”.'))
}

function refuseEndless(length: number, most: number, line: number): void {
  if (length <= most) return
  throw new OpsError(
    'INVALID_INPUT',
    say(
      'The element that begins on line {#line} is longer than {#count} characters, or a bracket or quote in it is not closed.',
      { line, count: most },
    ),
  )
}

function cutFile(records: number): OpsError {
  return new OpsError(
    'INVALID_INPUT',
    say('The file was cut: it ends after {#count} elements, before its array does.', { count: records }),
  )
}

function lineBreaks(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
