import type { FileFormat } from './file-format.ts'
import { readDelimited } from './read-delimited.ts'
import { readJsonArray } from './read-json-array.ts'
import { readJsonLines } from './read-json-lines.ts'
import type { ReadCheckpoint, RecordBatch } from './record-batch.ts'
import type { Source } from './source.ts'
import { readWorkbook } from './workbook/read-workbook.ts'

export interface ReadOptions {
  /** Goes on where a batch ended. Needs a source that can be read again. */
  readonly from?: ReadCheckpoint | undefined
  /**
   * Names of the file's columns, as `inspectSource` found them. Records with more filled cells are rejected; the cells of
   * JSON objects come in their order.
   */
  readonly columns?: readonly string[] | undefined
  /**
   * What becomes of a record of a JSON file with a filled cell in a column that is not among `columns`: it is rejected, or
   * kept, and the column reported. @default 'reject' where there are `columns`, else 'keep'
   */
  readonly unknownColumns?: 'reject' | 'keep' | undefined
  /**
   * Records of a batch, rejected ones included; the last may have fewer. Small batches stay in the processor's cache and die
   * young: reading 500,000 records and converting their cells takes 1.4 s of it by 500, and 4 s by 20,000. @default 500
   */
  readonly batchRecords?: number | undefined
  /** A batch ends early once its records take about this many bytes of the file. @default 8000000 */
  readonly batchBytes?: number | undefined
  /** Bytes of a text file that are handled at once: fewer take less memory, and more time. @default 131072 */
  readonly windowBytes?: number | undefined
  /** Longest record, in characters; longer ones are rejected, and never held. @default 16000000 */
  readonly maxRecordLength?: number | undefined
  /** Longest cell, in characters; a record with a longer one is rejected. @default 1000000 */
  readonly maxCellLength?: number | undefined
  /** Most cells of a record; a record with more is rejected. @default 16384 */
  readonly maxCells?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * The records of a file, as raw cells, in batches, with bounded memory; the header is not among them.
 * Each record of the file is in exactly one batch, either under `records` or under `rejected`.
 *
 * @throws OpsError `INVALID_INPUT` if the file is not of the format, with the line; what the source throws; the signal's reason
 */
export function readRecords(source: Source, format: FileFormat, options: ReadOptions = {}): AsyncIterable<RecordBatch> {
  switch (format.kind) {
    case 'delimited':
      return readDelimited(source, format, options)
    case 'json-lines':
      return readJsonLines(source, format, options)
    case 'json-array':
      return readJsonArray(source, format, options)
    case 'workbook':
      return readWorkbook(source, format, options)
  }
}
