import type { KnownFormat } from '../file-format.ts'
import { inspectSource, type SourceInspection } from '../inspect-source.ts'
import { openSource } from '../open-source.ts'
import { type ReadOptions, readRecords } from '../read-records.ts'
import type { RawRecord, RecordBatch, RejectedRecord } from '../record-batch.ts'
import type { SourceInput } from '../source.ts'

/** A whole file. */
export interface ReadFile {
  readonly inspection: SourceInspection
  readonly batches: readonly RecordBatch[]
  readonly records: readonly RawRecord[]
  readonly lines: readonly number[]
  readonly numbers: readonly number[]
  readonly rejected: readonly RejectedRecord[]
}

/** Looks at a file and reads it. */
export async function readAll(
  input: SourceInput,
  { name, known, ...options }: ReadOptions & { readonly name?: string; readonly known?: KnownFormat } = {},
): Promise<ReadFile> {
  await using source = await openSource(input, name)
  const inspection = await inspectSource(source, { format: known })
  const columns = inspection.columns.map(({ header }) => header)
  const batches: RecordBatch[] = []
  for await (const batch of readRecords(source, inspection.format, { columns, ...options })) batches.push(batch)
  return {
    inspection,
    batches,
    records: batches.flatMap(({ records }) => records),
    lines: batches.flatMap(({ lines }) => lines),
    numbers: batches.flatMap(({ numbers }) => numbers),
    rejected: batches.flatMap(({ rejected }) => rejected),
  }
}
