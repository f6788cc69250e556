import type { RecordBatch } from '../read/record-batch.ts'
import type { ImportInput } from './import-input.ts'
import { createKeyIndex } from './key-index.ts'

/** Says which of the file's rows that mean one row count. */
export interface DuplicateFilter {
  /** Whether a row that could be read counts. Asked of each once, in the order of the file. */
  keeps(key: string, record: number): boolean
}

/** What goes through a file, or the part of it before a record, as an import does. */
export type FileReading = (filter: DuplicateFilter, before: number | undefined) => Promise<void>

/**
 * The filter for an import that goes on at a record; null if every row counts, since later ones change what earlier ones
 * made.
 *
 * @param read reads the file, where the filter must know rows that do not come any more, or come later
 */
export async function duplicateFilter(
  { settings }: ImportInput,
  from: number,
  read: FileReading,
): Promise<DuplicateFilter | null> {
  if (settings.duplicates === 'merge' || settings.mode === 'create') return null
  const index = createKeyIndex()
  if (settings.duplicates === 'first') {
    const first: DuplicateFilter = {
      keeps: (key, record) => {
        const known = index.get(key)
        if (known === undefined) index.set(key, record)
        return known === undefined || known === record
      },
    }
    if (from > 0) await read(first, from)
    return first
  }
  const noting: DuplicateFilter = {
    keeps: (key, record) => {
      index.set(key, record)
      return true
    },
  }
  await read(noting, undefined)
  return { keeps: (key, record) => (index.get(key) ?? record) === record }
}

/** The part of a batch that lies before a record. */
export function partBefore(batch: RecordBatch, before: number | undefined): RecordBatch {
  if (before === undefined || batch.end.record <= before) return batch
  const isBefore = (number: number): boolean => number < before
  const count = batch.numbers.filter(isBefore).length
  return {
    ...batch,
    records: batch.records.slice(0, count),
    lines: batch.lines.slice(0, count),
    numbers: batch.numbers.slice(0, count),
    rejected: batch.rejected.filter(({ record }) => isBefore(record)),
  }
}
