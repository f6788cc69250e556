import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { SourceColumn } from '../read/name-columns.ts'
import { headerWords } from './header-words.ts'
import { type ImportPlan, type PlannedColumn, plannedColumnSchema } from './import-plan.ts'

/** Where the columns of a kind of file went; for the next file of the kind. */
export const savedMappingSchema = z.strictObject({
  columns: z.array(plannedColumnSchema.omit({ index: true }).extend({ occurrence: z.int().min(0) })).max(400),
})

export type SavedMapping = z.output<typeof savedMappingSchema>

/**
 * Names a kind of file by its headers, whatever their order, case and marks: 64 hexadecimal digits. Null for files
 * without headers, which say nothing of what they hold.
 */
export function headerFingerprint(columns: readonly Pick<SourceColumn, 'header'>[]): string | null {
  const words = columns.map(({ header }) => headerWords(header)).filter((header) => header !== '')
  return words.length === 0 ? null : createHash('sha256').update(JSON.stringify(words.sort())).digest('hex')
}

/** The part of a plan that holds for other files with the same headers. */
export function savedMapping({ columns, sourceColumns = [] }: ImportPlan): SavedMapping {
  return {
    columns: columns
      .filter(({ header }) => headerWords(header) !== '')
      .map(({ index, ...column }) => ({ ...column, occurrence: occurrenceOf(sourceColumns, index, column.header) })),
  }
}

/** The mapping for the columns of another file; columns that it does not have are left out. */
export function applyMapping({ columns }: SavedMapping, source: readonly SourceColumn[]): PlannedColumn[] {
  const headers = source.map(({ header }) => header)
  return columns.flatMap(({ occurrence, ...column }) => {
    const found = source.find(
      ({ header, index }) =>
        headerWords(header) === headerWords(column.header) && occurrenceOf(headers, index, header) === occurrence,
    )
    return found === undefined ? [] : [{ ...column, header: found.header, index: found.index }]
  })
}

/** How many columns before it have the same header. */
function occurrenceOf(headers: readonly string[], index: number, header: string): number {
  const words = headerWords(header)
  return headers.slice(0, index).filter((other) => headerWords(other) === words).length
}
