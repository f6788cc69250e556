import type { ReadOptions } from './read-records.ts'

/** The bounds of {@link ReadOptions}, filled in. */
export interface ReadLimits {
  readonly batchRecords: number
  readonly batchBytes: number
  readonly maxRecordLength: number
  readonly maxCellLength: number
  readonly maxCells: number
  /** Columns of the file; a record with more filled cells is rejected. */
  readonly width: number
  /** Whether JSON records with values in other columns are rejected. */
  readonly rejectsUnknown: boolean
}

export function readLimits(options: ReadOptions): ReadLimits {
  const { batchRecords = 500, batchBytes = 8_000_000, maxRecordLength = 16_000_000 } = options
  const { maxCellLength = 1_000_000, maxCells = 16_384, columns } = options
  const { unknownColumns = columns === undefined ? 'keep' : 'reject' } = options
  const width = columns?.length ?? maxCells
  const rejectsUnknown = unknownColumns === 'reject'
  return { batchRecords, batchBytes, maxRecordLength, maxCellLength, maxCells, width, rejectsUnknown }
}
