import type { Mutation, Starting } from './calls.ts'
import type { OpsRun } from './runs-calls.ts'

/** A file that was sent, as `POST uploads` answers. */
export interface UploadedFile {
  readonly upload: string
  readonly name: string | null
  /** In bytes. */
  readonly size: number
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'latin1'

/** How a file is read. */
export type ImportFormat =
  | {
      readonly kind: 'delimited'
      readonly encoding: Encoding
      readonly delimiter: string
      readonly quote: string | null
      readonly escape: 'double' | 'backslash'
      readonly newline: 'line-feed' | 'carriage-return'
      readonly comment: string | null
      readonly preambleLines: number
      readonly header: boolean
    }
  | { readonly kind: 'json-lines' | 'json-array'; readonly encoding: Encoding; readonly header: boolean }
  | { readonly kind: 'workbook'; readonly sheet: string; readonly preambleLines: number; readonly header: boolean }

/** How the texts of a column are meant; handed on as it came. */
export interface ColumnFacts {
  dateOrder?: 'dmy' | 'mdy' | 'ymd'
  decimalMark?: ',' | '.'
  timeZone?: string
  emptyTexts?: string[]
}

export type PlannedTarget =
  | { readonly kind: 'new'; readonly name: string; readonly type: string; readonly settings?: unknown }
  | { readonly kind: 'existing'; readonly column: string }

/** Where a column of the file goes, and how its texts are meant. */
export interface PlannedColumn {
  /** Its place in the file, from 0. */
  readonly index: number
  readonly header: string
  readonly to: PlannedTarget
  readonly facts: ColumnFacts
}

export type ImportTarget =
  | { readonly kind: 'new'; readonly name: string }
  | { readonly kind: 'existing'; readonly tableId: string }

/** All decisions about an import. Columns of the file that are not named are left out. */
export interface ImportPlan {
  readonly format: ImportFormat
  readonly target: ImportTarget
  readonly columns: readonly PlannedColumn[]
  readonly sourceColumns?: readonly string[] | undefined
}

/** How an import deals with rows that are there, rows that come twice, and cells that do not fit. */
export interface ImportSettings {
  readonly mode: 'create' | 'upsert' | 'update' | 'skip'
  readonly match: readonly string[]
  readonly duplicates: 'merge' | 'first' | 'last'
  readonly onInvalid: 'keep' | 'reject'
}

/** What the beginning of a file tells of one of its columns. */
export interface FileColumn {
  readonly index: number
  readonly header: string
  readonly type: string
  readonly settings?: unknown
  readonly facts: ColumnFacts
  readonly evidence: readonly string[]
  readonly examples: readonly string[]
  readonly match: { readonly columnId: string; readonly score: number; readonly because: string } | null
}

export interface ImportProposal {
  readonly plan: ImportPlan
  readonly columns: readonly FileColumn[]
  readonly evidence: readonly string[]
  readonly warnings: readonly string[]
  /** Of a workbook. */
  readonly sheets: readonly string[]
  readonly estimatedRows: number | null
}

/** What an import would do. */
export interface ImportCheck {
  readonly rows: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly skipped: number
  readonly duplicates: number
  readonly rejected: number
  /** Cells whose text would be kept beside them. */
  readonly warnings: number
  readonly rejectedRows: readonly { readonly line: number; readonly reasons: readonly string[] }[]
  readonly keptTexts: readonly { readonly column: string; readonly value: string; readonly reason: string }[]
  readonly newOptions: Readonly<Record<string, readonly string[]>>
}

interface Planned {
  readonly file: UploadedFile
  readonly request: ImportPlan & ImportSettings
}

export interface ImportsCalls {
  readonly propose: Mutation<
    {
      readonly file: UploadedFile
      readonly request: { readonly target: ImportTarget; readonly format?: unknown; readonly name?: string | undefined }
    },
    ImportProposal
  >
  readonly check: Mutation<Planned, ImportCheck>
  readonly start: Mutation<Planned & Starting, OpsRun>
}
