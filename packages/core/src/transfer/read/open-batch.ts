import type { RawRecord, ReadCheckpoint, RecordBatch, RejectedRecord } from './record-batch.ts'

/** A batch while it is filled. */
export interface OpenBatch {
  readonly records: RawRecord[]
  readonly lines: number[]
  readonly numbers: number[]
  readonly rejected: RejectedRecord[]
  readonly foundColumns: string[]
  /** The line, and the number, of the record that comes next. */
  line: number
  record: number
}

/** Characters of a rejected record that are shown. */
const excerptLength = 1_000

/** An empty batch that begins where another ended, or at the first record. */
export function openBatch({ line, record }: { readonly line: number; readonly record: number }): OpenBatch {
  return { records: [], lines: [], numbers: [], rejected: [], foundColumns: [], line, record }
}

/** Records that the batch holds, rejected ones included. */
export function batchSize({ records, rejected }: OpenBatch): number {
  return records.length + rejected.length
}

/** Adds the next record; the caller moves `line` on. */
export function acceptRecord(batch: OpenBatch, record: RawRecord): void {
  batch.records.push(record)
  batch.lines.push(batch.line)
  batch.numbers.push(batch.record)
  batch.record += 1
}

/** Adds the next record as one that is none; the caller moves `line` on. */
export function rejectRecord(batch: OpenBatch, reason: string, text: string): void {
  const excerpt = text.slice(0, excerptLength).toWellFormed()
  batch.rejected.push({ line: batch.line, record: batch.record, reason, excerpt })
  batch.record += 1
}

/** The batch as it is handed out, ending at a byte of the file. */
export function closeBatch(batch: OpenBatch, byte: number, foundColumns: readonly string[] = []): RecordBatch {
  const { records, lines, numbers, rejected, line, record } = batch
  const end: ReadCheckpoint = {
    record,
    line,
    byte,
    ...(foundColumns.length > 0 && { foundColumns: [...foundColumns] }),
  }
  return { records, lines, numbers, rejected, foundColumns: batch.foundColumns, end }
}
