import type { ValueContext } from '../../values/column-type.ts'
import type { DetectedColumnType } from '../../values/detect.ts'
import type { Evidence } from '../read/evidence.ts'
import type { SourceInspection } from '../read/inspect-source.ts'
import type { SourceColumn } from '../read/name-columns.ts'
import type { ColumnFacts } from './column-facts.ts'

/** What the sample says of one column of a file. */
export interface ProposedColumn extends DetectedColumnType {
  readonly source: SourceColumn
  /** How its texts are to be read. */
  readonly facts: ColumnFacts
  /** For the date order, the decimal mark, the type. */
  readonly evidence: readonly Evidence[]
  /** Filled cells of the sample, at most five, that differ. */
  readonly examples: readonly string[]
}

/** Proposes a type, and how to read it, for every column of a file. */
export function proposeColumns(_inspection: SourceInspection, _context: ValueContext): readonly ProposedColumn[] {
  return []
}
