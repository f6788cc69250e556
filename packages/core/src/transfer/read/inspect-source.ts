import { checkInput } from '../../errors/check-input.ts'
import { OpsError } from '../../errors/ops-error.ts'
import { say } from '../../sentences/say.ts'
import type { Evidence } from './evidence.ts'
import { type FileFormat, type KnownFormat, knownFormatSchema } from './file-format.ts'
import { inspectText } from './inspect-text.ts'
import type { SourceColumn } from './name-columns.ts'
import type { RawRecord } from './record-batch.ts'
import { sniffKind } from './sniff-kind.ts'
import { maxHeadBytes, type Source } from './source.ts'
import { inspectWorkbook } from './workbook/inspect-workbook.ts'

/** What a look at the beginning of a file tells. */
export interface SourceInspection {
  /** Complete: hand it to `readRecords`, changed where it is wrong. */
  readonly format: FileFormat
  readonly evidence: readonly Evidence[]
  readonly columns: readonly SourceColumn[]
  /** The first records after the header, at most 1,000. */
  readonly sample: readonly RawRecord[]
  /** Names of the sheets of a workbook that can be seen. */
  readonly sheets: readonly string[]
  /** In bytes, where it is known. */
  readonly size: number | undefined
  /** About how many records the file has, from the sample's length and the size; null if that cannot be told. */
  readonly estimatedRecords: number | null
  /** What a user should know before importing. */
  readonly warnings: readonly string[]
}

export interface InspectOptions {
  /** Parts of the format that are known and not to be guessed. */
  readonly format?: KnownFormat | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Looks at the beginning of a file and says how to read it, and what it holds.
 *
 * @throws OpsError `INVALID_INPUT` for an empty file, a binary one, one that cannot be read
 */
export async function inspectSource(source: Source, options: InspectOptions = {}): Promise<SourceInspection> {
  const { signal } = options
  const known = checkInput(knownFormatSchema, options.format ?? {}, ['format'])
  signal?.throwIfAborted()
  const head = await source.head(maxHeadBytes)
  if (sniffKind(head) === 'archive') return await inspectWorkbook(source, known, signal)
  if (known.kind === 'workbook') throw new OpsError('INVALID_INPUT', say('The file is no Excel workbook (.xlsx).'))
  return inspectText(source, head, known)
}
