import { OpsError } from '../../errors/ops-error.ts'
import type { FileFormat } from './file-format.ts'
import type { RawRecord } from './record-batch.ts'
import type { Source } from './source.ts'

/** What was found out about a file, and from what. */
export interface Evidence {
  /** Part of the format: `kind`, `encoding`, `delimiter`, `header` … */
  readonly about: string
  /** A sentence for people. */
  readonly because: string
}

/** A column of the file. */
export interface SourceColumn {
  /** Its place in records, from 0. */
  readonly index: number
  /** What the header says; empty if it says nothing. */
  readonly header: string
  /** Cleaned, never empty, and different from all others. */
  readonly name: string
}

/** What a look at the beginning of a file tells. */
export interface SourceInspection {
  /** Complete: hand it to `readRecords`, changed where it is wrong. */
  readonly format: FileFormat
  readonly evidence: readonly Evidence[]
  readonly columns: readonly SourceColumn[]
  /** The first records after the header, at most 1,000. */
  readonly sample: readonly RawRecord[]
  /** Names of the sheets of a workbook. */
  readonly sheets: readonly string[]
  /** In bytes, where it is known. */
  readonly size: number | undefined
  /** About how many records the file has, from the sample's length and the size; null if that cannot be told. */
  readonly estimatedRecords: number | null
  /** What a user should know before importing: cut records in the sample, columns without names, … */
  readonly warnings: readonly string[]
}

export interface InspectOptions {
  /** Parts of the format that are known; they are not guessed. `kind` must be among them if any is. */
  readonly format?: Partial<FileFormat> | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Looks at the beginning of a file and says how to read it, and what it holds.
 *
 * @throws OpsError `INVALID_INPUT` for an empty file, a binary one, one that cannot be read
 */
export async function inspectSource(_source: Source, _options: InspectOptions = {}): Promise<SourceInspection> {
  throw new OpsError('UNSUPPORTED', 'Files cannot be inspected yet.')
}
