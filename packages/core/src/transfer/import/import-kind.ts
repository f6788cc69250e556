import { insertRunOutput } from '../../catalog/run-outputs.repository.ts'
import { findColumn } from '../../catalog/table-definition.ts'
import { defineRunKind, type OpenRun, type PrepareTools, type Progress } from '../../runs/run-kind.ts'
import { ensureLookupIndex } from '../../store/advisor/ensure-lookup-index.ts'
import { copyRowLines } from '../../store/copy-rows.ts'
import type { OperationLog } from '../../store/operation-log.ts'
import type { OrgSession, TableWork } from '../../store/org-session.ts'
import { type MatchedTotals, writeMatchedRows } from '../../store/write-matched-rows.ts'
import type { FileStore } from '../file-store.ts'
import { readRecords } from '../read/read-records.ts'
import type { ReadCheckpoint, RecordBatch } from '../read/record-batch.ts'
import { addOptions, optionsToAdd } from './add-options.ts'
import { type ConvertedRecords, type RecordConverter, recordConverter } from './convert-records.ts'
import { type ImportCheckpoint, type ImportInput, importCheckpointSchema, importInputSchema } from './import-input.ts'
import { packRejected, type RejectedRow } from './rejected-rows.ts'
import { forgetStored, openStored } from './stored-source.ts'

/** What a step writes: records as they were read, and as they go into the table. */
interface PreparedRecords {
  readonly batch: RecordBatch
  readonly converter: RecordConverter
  readonly converted: ConvertedRecords
  /** Size of the file, for an estimate of its rows. */
  readonly size: number
}

type ImportRun = OpenRun<ImportInput, ImportCheckpoint>

/** Records of one step: a third of a second of the database's work, since each ends with a wait for the disk. */
const stepRecords = { server: { create: 20_000, match: 10_000 }, embedded: { create: 5_000, match: 5_000 } } as const

/** Brings the rows of a file into a table. */
export function importKind(files: FileStore) {
  return defineRunKind<ImportInput, ImportCheckpoint, PreparedRecords>({
    id: 'import',
    input: importInputSchema,
    checkpoint: importCheckpointSchema,
    prepare: (run, tools) => prepareRecords(files, run, tools),
    step: writeRecords,
    ended: ({ input }) => forgetStored(files, input.source),
  })
}

/** Reads the file from the checkpoint on; the next records are read and converted while the database takes these. */
async function* prepareRecords(
  files: FileStore,
  run: ImportRun,
  { session, signal, log }: PrepareTools,
): AsyncGenerator<PreparedRecords> {
  const { input, checkpoint, tableId } = run
  await using source = await openStored(files, input.source, input.name)
  const { kind } = await session.database()
  const batchRecords = stepRecords[kind][input.settings.mode === 'create' ? 'create' : 'match']
  const columns = input.sourceColumns ?? undefined
  const from = checkpoint === null ? undefined : placeOf(checkpoint)
  if (input.match.length > 0) await ensureLookupIndex(session, tableId, input.match, { signal })
  let converter: RecordConverter | undefined
  for await (const batch of readRecords(source, input.format, { from, columns, batchRecords, signal })) {
    // Not asked of the database each time, which is busy with the step before: that finds out whether it has changed.
    if (converter === undefined || converter.isStale) converter = await presentConverter(session, run, signal)
    let converted = converter.convert(batch)
    if (converted.unknownOptions.size > 0 && (await addUnknown(session, input, tableId, converted, log))) {
      converter = await presentConverter(session, run, signal)
      converted = converter.convert(batch)
    }
    yield { batch, converter, converted, size: input.source.size }
  }
}

function placeOf({ read: { foundColumns, ...place } }: ImportCheckpoint): ReadCheckpoint {
  return foundColumns === undefined ? place : { ...place, foundColumns }
}

/** The converter for the table as it is now. */
async function presentConverter(
  session: OrgSession,
  { input, tableId }: ImportRun,
  signal: AbortSignal,
): Promise<RecordConverter> {
  return await session.readTable(tableId, { signal }, async (work) => recordConverter(input, work))
}

/** @returns whether options were added */
async function addUnknown(
  session: OrgSession,
  input: ImportInput,
  tableId: string,
  { unknownOptions }: ConvertedRecords,
  log: OperationLog,
): Promise<boolean> {
  const { columns } = await session.readTable(tableId, {}, async ({ table }) => table)
  const added = optionsToAdd(input, columns, unknownOptions)
  await addOptions(session, tableId, added, log)
  return added.size > 0
}

async function writeRecords(
  work: TableWork,
  run: ImportRun,
  { log, prepared }: { readonly log: OperationLog; readonly prepared: PreparedRecords },
) {
  const { input, checkpoint, progress } = run
  const { batch, converter } = prepared
  const isPresent = converter.revision === work.table.revision
  converter.isStale ||= !isPresent
  const converted = isPresent ? prepared.converted : recordConverter(input, work).convert(batch)
  const totals = await writeConverted(work, input, converted, log)
  const rejected = [...converted.rejected, ...refusedRows(input, batch, totals, work)].sort((a, b) => a.line - b.line)
  const parts = checkpoint?.parts ?? 0
  if (rejected.length > 0) await insertRunOutput(work.tx.db, work.org.orgId, run.id, parts, packRejected(rejected))
  return {
    checkpoint: { read: { ...batch.end }, parts: rejected.length > 0 ? parts + 1 : parts },
    progress: progressAfter(progress, prepared, totals, rejected.length, converted.warnings),
  }
}

async function writeConverted(
  work: TableWork,
  { settings, match }: ImportInput,
  { lines, rows }: ConvertedRecords,
  log: OperationLog,
): Promise<MatchedTotals> {
  if (lines !== null) {
    await copyRowLines(work, lines, log)
    return { created: lines.lines.length, updated: 0, unchanged: 0, skipped: 0, merged: 0, refused: [] }
  }
  const columns = match.map((id) => findColumn(work.table, id))
  const matched = settings.mode === 'skip' ? 'skip' : 'update'
  const unmatched = settings.mode === 'update' ? 'skip' : 'insert'
  return await writeMatchedRows(work, rows, { match: columns, matched, unmatched }, log)
}

/** Rows whose cell is not unique. */
function refusedRows(
  { columns, headers }: ImportInput,
  batch: RecordBatch,
  { refused }: MatchedTotals,
  { table }: TableWork,
): RejectedRow[] {
  const byRow = Map.groupBy(refused, ({ index }) => index)
  return [...byRow].map(([index, errors]) => {
    const cells = batch.records[index] ?? []
    const places = errors.map(({ column: key }) => {
      const { id } = findColumn(table, key)
      return columns.find(({ columnId }) => columnId === id)?.index ?? -1
    })
    return {
      line: batch.lines[index] ?? 0,
      columns: places.map((place, at) => headers[place] ?? errors[at]?.column ?? ''),
      values: places.map((place) => String(cells[place] ?? '')),
      reasons: errors.map(({ message }) => message),
      cells,
    }
  })
}

function progressAfter(
  { done, counts }: Progress,
  { batch, size }: PreparedRecords,
  totals: MatchedTotals,
  rejected: number,
  warnings: number,
): Progress {
  const { byte, record } = batch.end
  const added = {
    created: totals.created,
    updated: totals.updated,
    unchanged: totals.unchanged,
    skipped: totals.skipped,
    duplicates: totals.merged,
    rejected,
    warnings,
  }
  return {
    done: done + batch.records.length + batch.rejected.length,
    // Workbooks do not say how far in the file they are.
    total: byte > 0 ? Math.max(record, Math.round((record / byte) * size)) : null,
    counts: Object.fromEntries(Object.entries(added).map(([name, count]) => [name, (counts[name] ?? 0) + count])),
  }
}
