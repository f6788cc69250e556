import * as z from 'zod'
import { limits } from '../../catalog/limits.ts'
import type { CallOptions } from '../../db/transaction.ts'
import { filterSchema } from '../../query/filter.ts'
import { sortSchema } from '../../query/sort.ts'
import { orgSettingsSchema } from '../../store/org-settings.service.ts'
import type { RowsQuery } from '../../store/read-rows.ts'
import type { ThroughView } from '../../views/read-through-view.ts'

/**
 * Which rows, and how their cells look. `columns` may also name `_id`, `_created_at`, `_created_by`, `_updated_at`,
 * `_updated_by` and `_external_key`; without it, the view's visible columns, or all of the table's.
 */
interface AnyExport extends RowsQuery, ThroughView {
  /** Id of a view. @default none */
  readonly view?: string | undefined
  /**
   * `raw`: exact and the same in every locale; an import gives the same cells. `formatted`: as people see the cells.
   * Options go by their names either way. @default 'raw'
   */
  readonly values?: 'raw' | 'formatted' | undefined
  /** Of formatted values. @default the org's */
  readonly locale?: string | undefined
  /** Of formatted values. @default the org's */
  readonly timeZone?: string | undefined
  /** Without its ending. @default the names of the table and the view */
  readonly fileName?: string | undefined
}

export interface DelimitedExport extends AnyExport {
  readonly format: 'csv' | 'tsv'
  /** @default a comma for `csv`, a tab for `tsv` */
  readonly delimiter?: ',' | ';' | '\t' | '|' | undefined
  /** UTF-8 and UTF-16 hold everything; what Windows-1252 does not have becomes `?`, and is counted. @default 'utf-8' */
  readonly encoding?: 'utf-8' | 'utf-16le' | 'windows-1252' | undefined
  /** @default '\r\n' */
  readonly newline?: '\r\n' | '\n' | undefined
  /** Byte order mark, by which Excel knows UTF-8 and UTF-16. Windows-1252 has none. @default true */
  readonly bom?: boolean | undefined
  /** First line. @default 'names' */
  readonly header?: 'names' | 'keys' | 'none' | undefined
  /**
   * Texts that a spreadsheet would compute or read as numbers get an apostrophe, which an import takes away again:
   * `=1+1`, `@x`, `+4930901820`. Numbers such as -5.2 stay as they are. `off` where no spreadsheet will open the file.
   * @default 'escape'
   */
  readonly injection?: 'escape' | 'off' | undefined
}

export interface JsonLinesExport extends AnyExport {
  readonly format: 'jsonl'
  /** What the members of each object are called. @default 'names' */
  readonly header?: 'names' | 'keys' | undefined
}

export interface WorkbookExport extends AnyExport {
  readonly format: 'xlsx'
  /** First row of each sheet. @default 'names' */
  readonly header?: 'names' | 'keys' | 'none' | undefined
}

/** What to export, and as what. */
export type ExportQuery = DelimitedExport | JsonLinesExport | WorkbookExport

const shared = {
  view: z.string().min(1).max(300).optional(),
  filter: filterSchema.optional(),
  sort: sortSchema.optional(),
  columns: z.array(z.string().min(1).max(300)).min(1).max(limits.columnsPerTable).readonly().optional(),
  values: z.enum(['raw', 'formatted']).default('raw'),
  locale: orgSettingsSchema.shape.locale,
  timeZone: orgSettingsSchema.shape.timeZone,
  fileName: z.string().min(1).max(200).optional(),
}

const header = z.enum(['names', 'keys', 'none']).default('names')

const delimited = {
  ...shared,
  encoding: z.enum(['utf-8', 'utf-16le', 'windows-1252']).default('utf-8'),
  newline: z.enum(['\r\n', '\n']).default('\r\n'),
  bom: z.boolean().default(true),
  header,
  injection: z.enum(['escape', 'off']).default('escape'),
}

const delimiter = z.enum([',', ';', '\t', '|'])

/** Shape of {@link ExportQuery}; whether it fits its table is for `planExport`. */
export const exportQuerySchema = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('csv'), ...delimited, delimiter: delimiter.default(',') }),
  z.strictObject({ format: z.literal('tsv'), ...delimited, delimiter: delimiter.default('\t') }),
  z.strictObject({ format: z.literal('jsonl'), ...shared, header: z.enum(['names', 'keys']).default('names') }),
  z.strictObject({ format: z.literal('xlsx'), ...shared, header }),
])

/** With all defaults in place. */
export type CheckedExportQuery = z.output<typeof exportQuerySchema>
export type DelimitedQuery = Extract<CheckedExportQuery, { format: 'csv' | 'tsv' }>

export interface TableExportOptions extends CallOptions {
  /**
   * Longest time that the database may take for the snapshot, in milliseconds; on the embedded database, for a page of
   * it. How slowly the file is read does not count. @default 600000
   */
  readonly timeoutMs?: number | undefined
  /** Longest time in which nobody reads on, in milliseconds: then the export ends with `TIMEOUT`. @default 300000 */
  readonly idleTimeoutMs?: number | undefined
}
