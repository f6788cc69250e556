import { gunzipSync, gzipSync } from 'node:zlib'
import type { RawRecord } from '../read/record-batch.ts'

/** A row of the file that did not go into the table, with what it takes to correct it. */
export interface RejectedRow {
  /** Line of the file on which it begins, from 1; in a workbook, the row; in a copy, the id of the row of the source. */
  readonly line: number
  /** The file's names of the columns that are wrong; none if the row as a whole is. */
  readonly columns: readonly string[]
  /** What stands there; of a row that is no record, how it begins. */
  readonly values: readonly string[]
  /** Sentences for people. */
  readonly reasons: readonly string[]
  /** The row as it is in the file; null if it is no record. */
  readonly cells: RawRecord | null
}

/** The columns of an error file that say what is wrong, before those of the file itself. */
export const errorHeaders = ['_line', '_column', '_value', '_reason'] as const

/** The columns of a file; of an error file, those of the file that it is about. */
export function ownColumns<Column extends { readonly header: string }>(columns: readonly Column[]): readonly Column[] {
  const isErrorFile = errorHeaders.every((header, place) => columns[place]?.header === header)
  return isErrorFile ? columns.slice(errorHeaders.length) : columns
}

/** Rows of one step as they are kept with the run. */
export function packRejected(rows: readonly RejectedRow[]): Buffer {
  return gzipSync(JSON.stringify(rows), { level: 1 })
}

/** What {@link packRejected} packed. */
export function unpackRejected(content: Buffer): readonly RejectedRow[] {
  return JSON.parse(gunzipSync(content).toString())
}
