import * as z from 'zod'
import { OpsError } from '../../errors/ops-error.ts'
import { orgSequences } from '../physical-names.ts'

/**
 * An archive of an org: UTF-8 text, one JSON object a line, the whole perhaps gzipped.
 *
 * 1. `{ archive: 'opslayer-org', version, orgId, exportedAt, catalogVersion, schemaVersion }`
 * 2. `{ catalog: <table>, rows: [...] }`: definitions, rows as they lie in the catalog but for `org_id`; a table is
 *    spread over as many lines as it takes and stands after those that it refers to
 * 3. `{ sequence, last, called }`
 * 4. `{ relation: 'rows' | 'side' | 'origins' | 'changes', table, columns: [[name, type], …] }`, then any number of
 *    `{ data }`: together the rows in the text format of COPY, cut anywhere
 * 5. `{ end: true, lines, sha256 }`: the number and the hash of all lines before, newlines included
 *
 * Ids of tables, columns, rows and operations stay; what names the schema is made anew by the import.
 */
export const archiveVersion = 1

/** Bytes of a line at most; what an export writes stays far below. */
export const lineLimit = 16 * 1024 * 1024

const headerSchema = z.object({
  archive: z.literal('opslayer-org'),
  version: z.int().min(1),
  orgId: z.string(),
  exportedAt: z.string(),
  catalogVersion: z.int().min(1),
  schemaVersion: z.int().min(1),
})

const columnName = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/)

const lineSchema = z.union([
  z.object({ data: z.string() }),
  z.object({ catalog: z.string(), rows: z.array(z.record(z.string(), z.json())).min(1) }),
  z.object({ sequence: z.enum(orgSequences), last: z.string().regex(/^\d{1,19}$/), called: z.boolean() }),
  z.object({
    relation: z.enum(['rows', 'side', 'origins', 'changes']),
    /** Number of the table; null for the change log. */
    table: z.int().min(1).nullable(),
    columns: z
      .array(z.tuple([columnName, z.string()]))
      .min(1)
      .max(1_600),
  }),
  z.object({ end: z.literal(true), lines: z.int(), sha256: z.string() }),
])

export type ArchiveHeader = z.infer<typeof headerSchema>
export type ArchiveLine = z.infer<typeof lineSchema>
export type ArchivedRelation = Extract<ArchiveLine, { readonly relation: string }>

/** @throws OpsError `INVALID_INPUT` */
export function parseHeader(text: string): ArchiveHeader {
  const parsed = headerSchema.safeParse(json(text))
  if (!parsed.success) throw damaged('it does not begin as an archive of an org does')
  if (parsed.data.version > archiveVersion) {
    throw new OpsError('SCHEMA_NEWER', 'The archive was made by a newer opslayer. Update @opslayer/core.')
  }
  return parsed.data
}

/** @throws OpsError `INVALID_INPUT` */
export function parseLine(text: string, number: number): ArchiveLine {
  const parsed = lineSchema.safeParse(json(text))
  if (!parsed.success) throw damaged(`line ${number} is none that an archive has`)
  return parsed.data
}

export function damaged(how: string, cause?: unknown): OpsError {
  return new OpsError('INVALID_INPUT', `The archive cannot be read: ${how}.`, { cause })
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
