import { insertRunOutput } from '../../catalog/run-outputs.repository.ts'
import { findColumn, type TableDefinition } from '../../catalog/table-definition.ts'
import { defineRunKind, type OpenRun, type PrepareTools, type Progress, StalePreparation } from '../../runs/run-kind.ts'
import { ensureLookupIndex } from '../../store/advisor/ensure-lookup-index.ts'
import { copyRowLines, writingSignature } from '../../store/copy-rows.ts'
import type { OperationLog } from '../../store/operation-log.ts'
import type { TableWork } from '../../store/org-session.ts'
import { type MatchedTotals, type MatchedWrite, writeMatchedRows } from '../../store/write-matched-rows.ts'
import type { FileStore } from '../file-store.ts'
import type { ReadCheckpoint } from '../read/record-batch.ts'
import { addOptions } from './add-options.ts'
import { type ImportCheckpoint, type ImportInput, importCheckpointSchema, importInputSchema } from './import-input.ts'
import { type ImportTarget, type PreparedStep, prepareSteps } from './prepare-step.ts'
import { packRejected, type RejectedRow } from './rejected-rows.ts'
import { forgetStored, openStored } from './stored-source.ts'

type ImportRun = OpenRun<ImportInput, ImportCheckpoint>

/** Records of one step: a third of a second of the database's work, since each ends with a wait for the disk. */
const stepRecords = { server: { create: 20_000, match: 10_000 }, embedded: { create: 5_000, match: 5_000 } } as const

/** Brings the rows of a file into a table. */
export function importKind(files: FileStore) {
  return defineRunKind<ImportInput, ImportCheckpoint, PreparedStep>({
    id: 'import',
    input: importInputSchema,
    checkpoint: importCheckpointSchema,
    prepare: (run, tools) => prepare(files, run, tools),
    step: writeStep,
    ended: ({ input }) => forgetStored(files, input.source),
  })
}

/** Reads the file from the checkpoint on; the next rows are read and converted while the database takes these. */
async function* prepare(
  files: FileStore,
  { input, checkpoint, tableId }: ImportRun,
  { session, signal, log }: PrepareTools,
): AsyncGenerator<PreparedStep> {
  await using source = await openStored(files, input.source, input.name)
  if (input.match.length > 0) await ensureLookupIndex(session, tableId, input.match, { signal })
  const { kind } = await session.database()
  const target: ImportTarget = {
    present: () => session.readTable(tableId, { signal }, async (work) => work),
    addOptions: (added) => addOptions(session, tableId, added, log),
  }
  yield* prepareSteps(input, source, target, {
    signal,
    from: checkpoint === null ? undefined : placeOf(checkpoint),
    stepRecords: stepRecords[kind][input.settings.mode === 'create' ? 'create' : 'match'],
  })
}

function placeOf({ read: { foundColumns, ...place } }: ImportCheckpoint): ReadCheckpoint {
  return foundColumns === undefined ? place : { ...place, foundColumns }
}

async function writeStep(
  work: TableWork,
  run: ImportRun,
  { log, prepared }: { readonly log: OperationLog; readonly prepared: PreparedStep },
) {
  if (prepared.signature !== writingSignature(work.table)) throw new StalePreparation()
  const { input, checkpoint, progress } = run
  const totals = await writeRows(work, input, prepared, log)
  const rejected = [...prepared.rejected, ...refusedRows(input, prepared, totals, work)].sort((a, b) => a.line - b.line)
  const parts = checkpoint?.parts ?? 0
  if (rejected.length > 0) await insertRunOutput(work.tx.db, work.org.orgId, run.id, parts, packRejected(rejected))
  return {
    checkpoint: { read: { ...prepared.end }, parts: rejected.length > 0 ? parts + 1 : parts },
    progress: progressAfter(progress, input, prepared, totals, rejected.length),
  }
}

async function writeRows(
  work: TableWork,
  input: ImportInput,
  { lines, rows }: PreparedStep,
  log: OperationLog,
): Promise<MatchedTotals> {
  if (lines !== null) await copyRowLines(work, lines, log)
  if (rows === null)
    return { created: lines?.lines.length ?? 0, updated: 0, unchanged: 0, skipped: 0, merged: 0, refused: [] }
  return await writeMatchedRows(work, rows, matchedWrite(input, work.table), log)
}

/** What becomes of rows that are there, and of those that are not. */
export function matchedWrite({ settings, match }: ImportInput, table: TableDefinition): MatchedWrite {
  return {
    match: match.map((id) => findColumn(table, id)),
    matched: settings.mode === 'skip' ? 'skip' : 'update',
    unmatched: settings.mode === 'update' ? 'skip' : 'insert',
  }
}

/** Rows whose cell is not unique. */
function refusedRows(
  { columns, headers }: ImportInput,
  { origins }: PreparedStep,
  { refused }: MatchedTotals,
  { table }: TableWork,
): RejectedRow[] {
  const byRow = Map.groupBy(refused, ({ index }) => index)
  return [...byRow].map(([index, errors]) => {
    const { line = 0, cells = [] } = origins[index] ?? {}
    const places = errors.map(({ column: key }) => {
      const { id } = findColumn(table, key)
      return columns.find(({ columnId }) => columnId === id)?.index ?? -1
    })
    return {
      line,
      columns: places.map((place, at) => headers[place] ?? errors[at]?.column ?? ''),
      values: places.map((place) => String(cells[place] ?? '')),
      reasons: errors.map(({ message }) => message),
      cells,
    }
  })
}

function progressAfter(
  { done, counts }: Progress,
  { source }: ImportInput,
  { end, records, warnings, duplicates }: PreparedStep,
  totals: MatchedTotals,
  rejected: number,
): Progress {
  const added = {
    created: totals.created,
    updated: totals.updated,
    unchanged: totals.unchanged,
    skipped: totals.skipped,
    duplicates: duplicates + totals.merged,
    rejected,
    warnings,
  }
  return {
    done: done + records,
    // Workbooks do not say how far in the file they are.
    total: end.byte > 0 ? Math.max(end.record, Math.round((end.record / end.byte) * source.size)) : null,
    counts: Object.fromEntries(Object.entries(added).map(([name, count]) => [name, (counts[name] ?? 0) + count])),
  }
}
