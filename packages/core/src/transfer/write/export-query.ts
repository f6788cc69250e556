import * as z from 'zod'
import { limits } from '../../catalog/limits.ts'
import type { CallOptions } from '../../db/transaction.ts'
import { filterSchema } from '../../query/filter.ts'
import { sortSchema } from '../../query/sort.ts'
import { orgSettingsSchema } from '../../store/org-settings.service.ts'

const names = ['names', 'keys', 'none'] as const

const shared = {
  /** Id of a view of the table: its rows, order, visible columns. @default none, the whole table */
  view: z.string().min(1).max(300).optional(),
  /** Rows must satisfy it and the view's. */
  filter: filterSchema.optional(),
  /** Stands in for the view's. */
  sort: sortSchema.optional(),
  /**
   * Keys or ids, in their order; also `_id`, `_created_at`, `_created_by`, `_updated_at`, `_updated_by` and
   * `_external_key`. @default the view's visible columns, or all
   */
  columns: z.array(z.string().min(1).max(300)).min(1).max(limits.columnsPerTable).optional(),
  /**
   * `raw`: exact and the same in every locale; an import gives the same cells. `formatted`: as people see the cells.
   * Options go by their names either way. @default 'raw'
   */
  values: z.enum(['raw', 'formatted']).default('raw'),
  /** For formatted values. @default the org's */
  locale: orgSettingsSchema.shape.locale,
  /** For formatted values. @default the org's */
  timeZone: orgSettingsSchema.shape.timeZone,
  /** Without its ending. @default the names of the table and the view */
  fileName: z.string().min(1).max(200).optional(),
}

const delimited = {
  ...shared,
  /** @default 'utf-8' */
  encoding: z.enum(['utf-8', 'utf-16le', 'windows-1252']).default('utf-8'),
  newline: z.enum(['\r\n', '\n']).default('\r\n'),
  /** Byte order mark, by which Excel knows UTF-8 and UTF-16. Windows-1252 has none. */
  bom: z.boolean().default(true),
  header: z.enum(names).default('names'),
  /**
   * Texts that a spreadsheet would compute or read as numbers get an apostrophe, which the import takes away again:
   * `=1+1`, `@x`, `+4930901820`. Numbers such as -5.2 stay as they are. `off` where no spreadsheet will open the file.
   */
  injection: z.enum(['escape', 'off']).default('escape'),
}

const delimiter = z.enum([',', ';', '\t', '|'])

/** What to export, and as what. */
export const exportQuerySchema = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('csv'), ...delimited, delimiter: delimiter.default(',') }),
  z.strictObject({ format: z.literal('tsv'), ...delimited, delimiter: delimiter.default('\t') }),
  z.strictObject({ format: z.literal('jsonl'), ...shared, header: z.enum(names).exclude(['none']).default('names') }),
  z.strictObject({ format: z.literal('xlsx'), ...shared, header: z.enum(names).default('names') }),
])

export type ExportQuery = z.input<typeof exportQuerySchema>

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
