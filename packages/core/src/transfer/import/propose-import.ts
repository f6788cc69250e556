import * as z from 'zod'
import { nameSchema } from '../../catalog/column-input.ts'
import { findImportMapping } from '../../catalog/import-mappings.repository.ts'
import type { CallOptions } from '../../db/transaction.ts'
import { checkInput } from '../../errors/check-input.ts'
import type { OrgSession, Work } from '../../store/org-session.ts'
import type { FileStore } from '../file-store.ts'
import { type InspectOptions, inspectSource, type SourceInspection } from '../read/inspect-source.ts'
import type { ColumnFacts } from '../understand/column-facts.ts'
import type { ImportPlan } from '../understand/import-plan.ts'
import { type PlanTarget, proposePlan } from '../understand/propose-plan.ts'
import { headerFingerprint, type SavedMapping, savedMappingSchema } from '../understand/saved-mapping.ts'
import { ownColumns } from './rejected-rows.ts'
import { openFile } from './stored-source.ts'
import type { ImportFile } from './uploads.ts'

const targetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('new'), name: nameSchema }),
  z.strictObject({ kind: z.literal('existing'), tableId: z.string().max(100) }),
])

/** What is to be proposed. */
export interface ProposalRequest {
  /** A table to be made, or one that is there. */
  readonly target: z.input<typeof targetSchema>
  /** What becomes of columns for which an existing table has none. @default 'leave' */
  readonly unmatched?: 'leave' | 'add' | undefined
  /** Parts of the format that are known and not to be guessed. */
  readonly format?: InspectOptions['format']
  /** What the file is called, where it does not say so itself. */
  readonly name?: string | undefined
}

/** What the beginning of a file tells of one of its columns. */
export interface FileColumn {
  /** Its place in the file, from 0. */
  readonly index: number
  /** What the header says; empty if it says nothing. */
  readonly header: string
  /** Id of the column type that fits. */
  readonly type: string
  readonly settings: unknown
  /** How its texts are to be read. */
  readonly facts: ColumnFacts
  /** Sentences for people. */
  readonly evidence: readonly string[]
  /** Filled cells that differ, at most five. */
  readonly examples: readonly string[]
  /** The column of an existing table that it goes to, and why; null if none was found. */
  readonly match: { readonly columnId: string; readonly score: number; readonly because: string } | null
}

/** A proposal: change the plan as you like and hand it to `imports.start`. Plain JSON. */
export interface ImportProposal {
  /** Has no columns if none was found to go anywhere; then it cannot be used as it is. */
  readonly plan: ImportPlan
  readonly columns: readonly FileColumn[]
  /** Sentences for people about how the file is read. */
  readonly evidence: readonly string[]
  readonly warnings: readonly string[]
  /** Names of the sheets of a workbook. */
  readonly sheets: readonly string[]
  /** About how many rows the file has; null if that cannot be told. */
  readonly estimatedRows: number | null
}

/**
 * Looks at the beginning of a file and proposes how to import it: its format, types, and where its columns go, as files
 * with the same headers went before.
 *
 * @throws OpsError `INVALID_INPUT` for what is no file that can be read; `NOT_FOUND`
 */
export async function proposeImport(
  session: OrgSession,
  files: FileStore,
  file: ImportFile,
  { target, unmatched, format, name }: ProposalRequest,
  options: CallOptions = {},
): Promise<ImportProposal> {
  const checked = checkInput(targetSchema, target, ['target'])
  await using source = await openFile(files, session.orgId, file, name)
  const inspection = await inspectSource(source, { format, signal: options.signal })
  const columns = ownColumns(inspection.columns)
  const propose = (to: PlanTarget, { context }: Work, saved?: SavedMapping | undefined): ImportProposal =>
    asProposal(inspection, proposePlan({ ...inspection, columns }, to, context, { saved, unmatched }))
  if (checked.kind === 'new') return await session.read(options, async (work) => propose(checked, work))
  const fingerprint = headerFingerprint(columns)
  return await session.readTable(checked.tableId, options, async (work) => {
    const { tx, org, table } = work
    const found = fingerprint === null ? undefined : await findImportMapping(tx.db, org.orgId, table.id, fingerprint)
    return propose({ kind: 'existing', table }, work, savedMappingSchema.safeParse(found).data)
  })
}

function asProposal(inspection: SourceInspection, proposed: ReturnType<typeof proposePlan>): ImportProposal {
  const { plan, columns, matches, warnings } = proposed
  return {
    plan: { ...plan, sourceColumns: inspection.columns.map(({ header }) => header) },
    columns: columns.map(({ source, type, settings, facts, evidence, examples }) => {
      const match = matches.find(({ index }) => index === source.index)
      return {
        index: source.index,
        header: source.header,
        type,
        settings,
        facts,
        evidence: evidence.map(({ because }) => because),
        examples,
        match: match === undefined ? null : { columnId: match.column.id, score: match.score, because: match.because },
      }
    }),
    evidence: inspection.evidence.map(({ because }) => because),
    warnings,
    sheets: inspection.sheets,
    estimatedRows: inspection.estimatedRecords,
  }
}
