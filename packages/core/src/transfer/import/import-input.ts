import * as z from 'zod'
import { fileFormatSchema } from '../read/file-format.ts'
import { columnFactsSchema } from '../understand/column-facts.ts'
import { importSettingsSchema } from './import-settings.ts'

/** Where the file of an import lies. */
export const storedSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('path'), path: z.string(), size: z.int(), changedMs: z.number() }),
  z.strictObject({ kind: z.literal('stored'), file: z.string(), size: z.int() }),
])

export type StoredSource = z.output<typeof storedSourceSchema>

/** What an import run is started with: the plan with its columns made. */
export const importInputSchema = z.strictObject({
  source: storedSourceSchema,
  /** What the file is called. */
  name: z.string().max(1_000).nullable(),
  format: fileFormatSchema,
  /** The file's headers as far as they are known, in the order of its records. */
  headers: z.array(z.string()),
  /** Names of all columns of the file's records, where reading needs them. */
  sourceColumns: z.array(z.string()).nullable(),
  /** Where the file's columns go. */
  columns: z.array(
    z.strictObject({
      index: z.int(),
      columnId: z.string(),
      facts: columnFactsSchema,
      /** Whether the import made the column. */
      made: z.boolean(),
    }),
  ),
  /** Ids of the columns that rows are matched by. */
  match: z.array(z.string()),
  settings: importSettingsSchema,
})

export type ImportInput = z.output<typeof importInputSchema>

export const importCheckpointSchema = z.strictObject({
  read: z.strictObject({
    record: z.int(),
    line: z.int(),
    byte: z.number(),
    foundColumns: z.array(z.string()).readonly().optional(),
  }),
  /** Parts of the error file that were written. */
  parts: z.int(),
})

export type ImportCheckpoint = z.output<typeof importCheckpointSchema>
