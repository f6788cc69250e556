import { StalePreparation } from '../../runs/run-kind.ts'
import type { RowLines } from '../../store/copy-lines.ts'
import { writingSignature } from '../../store/copy-rows.ts'
import type { FormulaSurroundings } from '../../store/formulas/formula-write.ts'
import type { KeptText } from '../../store/prepare-cells.ts'
import { type RowColumns, rowColumn } from '../../store/row-columns.ts'
import { readRecords } from '../read/read-records.ts'
import type { ReadCheckpoint, RecordBatch } from '../read/record-batch.ts'
import type { Source } from '../read/source.ts'
import { type NewOptions, optionsToAdd } from './add-options.ts'
import { type ConvertedRecords, type RecordConverter, type RowOrigin, recordConverter } from './convert-records.ts'
import { duplicateFilter, partBefore } from './duplicate-filter.ts'
import type { ImportInput } from './import-input.ts'
import type { RejectedRow } from './rejected-rows.ts'

/** What one step writes. */
export interface PreparedStep {
  /** What it depends on: it is of no use under another. */
  readonly signature: string
  /** Ready for COPY, where it can be used. */
  readonly lines: RowLines | null
  readonly rows: RowColumns | null
  readonly origins: readonly RowOrigin[]
  readonly rejected: readonly RejectedRow[]
  /** Cells whose text is kept beside them. */
  readonly warnings: number
  /** Rows left out, for others of the file mean the same row. */
  readonly duplicates: number
  /** Records of the file that it stands for. */
  readonly records: number
  /** Where the file goes on. */
  readonly end: ReadCheckpoint
}

/** What rows are made for: a table, or the draft of one. */
export interface ImportTarget {
  /** As it is now. */
  present(): Promise<FormulaSurroundings>
  addOptions(added: NewOptions): Promise<void>
}

export interface PrepareOptions {
  readonly signal: AbortSignal | undefined
  readonly from: ReadCheckpoint | undefined
  /** Records of a step. */
  readonly stepRecords: number
}

/** Records read and converted at once: their cells do not outlive the next few. */
const batchRecords = 1_000

/** Reads a file and makes steps of its rows. What is not needed to write them is let go at once. */
export async function* prepareSteps(
  input: ImportInput,
  source: Source,
  target: ImportTarget,
  { signal, from, stepRecords }: PrepareOptions,
): AsyncGenerator<PreparedStep> {
  const columns = input.sourceColumns ?? undefined
  let converter = recordConverter(input, await target.present())
  const filter = await duplicateFilter(input, from?.record ?? 0, async (noting, before) => {
    for await (const batch of readRecords(source, input.format, { columns, batchRecords, signal })) {
      converter.convert(partBefore(batch, before), noting)
      if (before !== undefined && batch.end.record >= before) return
    }
  })
  let parts: ConvertedRecords[] = []
  let records = 0
  let end: ReadCheckpoint | undefined
  for await (const batch of readRecords(source, input.format, { from, columns, batchRecords, signal })) {
    let converted = converter.convert(batch, filter)
    if (converted.unknownOptions.size > 0) {
      const added = optionsToAdd(input, converter.surroundings.table.columns, converted.unknownOptions)
      if (added.size > 0) {
        await target.addOptions(added)
        converter = unlessChanged(converter, recordConverter(input, await target.present()))
        converted = converter.convert(batch, filter)
      }
    }
    parts.push(converted)
    records += sizeOf(batch)
    end = batch.end
    if (records < stepRecords) continue
    yield preparedStep(converter, parts, records, end)
    parts = []
    records = 0
  }
  if (end !== undefined && records > 0) yield preparedStep(converter, parts, records, end)
}

function sizeOf({ records, rejected }: RecordBatch): number {
  return records.length + rejected.length
}

/** @throws StalePreparation if rows that were made before are of no use any more */
function unlessChanged(before: RecordConverter, after: RecordConverter): RecordConverter {
  if (writingSignature(before.surroundings.table) === writingSignature(after.surroundings.table)) return after
  throw new StalePreparation()
}

function preparedStep(
  { surroundings, columns, copies }: RecordConverter,
  parts: readonly ConvertedRecords[],
  records: number,
  end: ReadCheckpoint,
): PreparedStep {
  const kept: { place: number; texts: readonly KeptText[] }[] = []
  let count = 0
  for (const part of parts) {
    const offset = count
    for (const { place, texts } of part.kept) kept.push({ place: place + offset, texts })
    count += part.count
  }
  const rowsOf = (): RowColumns => ({
    count,
    columns: columns.map((column, place) =>
      rowColumn(
        column,
        parts.flatMap(({ values }) => values[place] ?? []),
      ),
    ),
    kept: new Map(kept.map(({ place, texts }) => [place, texts])),
  })
  return {
    signature: writingSignature(surroundings.table),
    lines: copies ? { lines: parts.flatMap(({ lines }) => lines), kept } : null,
    rows: copies ? null : rowsOf(),
    origins: parts.flatMap(({ origins }) => origins),
    rejected: parts.flatMap(({ rejected }) => rejected),
    warnings: kept.reduce((sum, { texts }) => sum + texts.length, 0),
    duplicates: parts.reduce((sum, { duplicates }) => sum + duplicates, 0),
    records,
    end,
  }
}
