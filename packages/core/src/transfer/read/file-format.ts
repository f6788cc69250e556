import * as z from 'zod'
import { say } from '../../sentences/say.ts'

/** Character encodings that are read. UTF-8 and UTF-16 with or without a byte order mark. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'latin1'] as const
export type Encoding = (typeof encodings)[number]

const encoding = z.enum(encodings)

const single = z
  .string()
  .length(1)
  .refine((mark) => !/[\r\n\0]/.test(mark), 'A mark is one character, and no line break.')

const delimiter = z
  .string()
  .min(1)
  .max(4)
  .refine((mark) => !/[\r\n\0"]/.test(mark), 'A delimiter has no line break and no quote.')

const preambleLines = z.int().min(0).max(1_000)

/** Delimited text: CSV, TSV and their kin. */
export const delimitedFormatSchema = z.strictObject({
  kind: z.literal('delimited'),
  encoding: encoding.default('utf-8'),
  /** What sets cells apart, 1 to 4 characters. */
  delimiter: delimiter.default(','),
  /** What cells are put into when they hold delimiters or line breaks; null if nothing does. */
  quote: single.nullable().default('"'),
  /** How a quote inside a quoted cell is written: twice, or after a backslash. */
  escape: z.enum(['double', 'backslash']).default('double'),
  /** `line-feed`: records end with LF or CR LF, also mixed. `carriage-return`: with CR alone, as on old Macs. */
  newline: z.enum(['line-feed', 'carriage-return']).default('line-feed'),
  /** Lines that begin with it are left out; null if there are no comments. */
  comment: single.nullable().default(null),
  /** Lines before the header that are not part of the table, such as a title. */
  preambleLines: preambleLines.default(0),
  /** Whether the first record after the preamble names the columns. */
  header: z.boolean().default(true),
})

/** One JSON value a line: objects by column name, or lists of cells. */
export const jsonLinesFormatSchema = z.strictObject({
  kind: z.literal('json-lines'),
  encoding: encoding.default('utf-8'),
  /** Whether the first line is a list of column names; only where lines are lists. */
  header: z.boolean().default(false),
})

/** One JSON array of objects or lists. */
export const jsonArrayFormatSchema = z.strictObject({
  kind: z.literal('json-array'),
  encoding: encoding.default('utf-8'),
  header: z.boolean().default(false),
})

const sheetName = z.string().min(1).max(255)

/** A sheet of an Excel workbook. */
export const workbookFormatSchema = z.strictObject({
  kind: z.literal('workbook'),
  /** Name of the sheet. */
  sheet: sheetName,
  /** Rows before the header that are not part of the table. */
  preambleLines: preambleLines.default(0),
  header: z.boolean().default(true),
})

const marksAreAlike = say('Delimiter, quote and comment must begin differently.')

export const fileFormatSchema = z
  .discriminatedUnion('kind', [
    delimitedFormatSchema,
    jsonLinesFormatSchema,
    jsonArrayFormatSchema,
    workbookFormatSchema,
  ])
  .refine((format) => format.kind !== 'delimited' || marksDiffer(format), marksAreAlike)

/** Parts of a format that are known and not to be guessed. */
export const knownFormatSchema = z
  .strictObject({
    kind: z.enum(['delimited', 'json-lines', 'json-array', 'workbook']),
    encoding,
    delimiter,
    quote: single.nullable(),
    escape: z.enum(['double', 'backslash']),
    newline: z.enum(['line-feed', 'carriage-return']),
    comment: single.nullable(),
    preambleLines,
    header: z.boolean(),
    sheet: sheetName,
  })
  .partial()
  .refine(marksDiffer, marksAreAlike)

interface Marks {
  readonly delimiter?: string | undefined
  readonly quote?: string | null | undefined
  readonly comment?: string | null | undefined
}

function marksDiffer({ delimiter: between, quote, comment }: Marks): boolean {
  const marks = [between?.[0], quote, comment].filter((mark) => mark !== undefined && mark !== null)
  return new Set(marks).size === marks.length
}

export type KnownFormat = z.input<typeof knownFormatSchema>

/** All that must be known to read a file the same way each time. */
export type FileFormat = z.output<typeof fileFormatSchema>
export type DelimitedFormat = z.output<typeof delimitedFormatSchema>
export type JsonLinesFormat = z.output<typeof jsonLinesFormatSchema>
export type JsonArrayFormat = z.output<typeof jsonArrayFormatSchema>
export type WorkbookFormat = z.output<typeof workbookFormatSchema>
