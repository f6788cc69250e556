import { OpsError } from '../../errors/ops-error.ts'
import type { KnownFormat, SourceInspection } from './inspect-source.ts'
import type { Source } from './source.ts'

/** Looks at the first rows of a sheet. See `inspectSource`. */
export async function inspectWorkbook(
  _source: Source,
  _known: KnownFormat,
  _signal: AbortSignal | undefined,
): Promise<SourceInspection> {
  throw new OpsError('UNSUPPORTED', 'Workbooks cannot be read yet.')
}
