import type { ValueContext } from '../../values/column-type.ts'
import { maxOptions } from '../../values/options.ts'
import { splitList } from '../../values/tag-list.ts'
import type { FileFormat } from '../read/file-format.ts'
import { type ReadOptions, readRecords } from '../read/read-records.ts'
import type { RawCell, RecordBatch, RejectedRecord } from '../read/record-batch.ts'
import type { Source } from '../read/source.ts'
import { unescapeSpreadsheetText } from '../spreadsheet-escape.ts'
import { type CellReader, CellRefusal, cellReader } from './cell-reader.ts'
import { ownText } from './own-text.ts'
import type { ResolvedColumn } from './resolve-plan.ts'
import { textOfCell } from './text-of-cell.ts'

/** A cell that would not fit its column. */
export interface MisfitCell {
  /** Line on which its record begins. */
  readonly line: number
  /** At most 200 characters of it. */
  readonly value: string
  /** Completes "Could not read this as …:". */
  readonly reason: string
}

/** What the whole file says of one column of a plan. */
export interface ConfirmedColumn {
  /** Place in the file's records. */
  readonly index: number
  readonly name: string
  readonly filled: number
  readonly empty: number
  /** Filled cells that would not fit; those whose option is only missing are among them. */
  readonly misfits: number
  /** The first of them, at most ten. */
  readonly examples: readonly MisfitCell[]
  /** For types with options: names that the column does not have yet, the most frequent first, at most 1,000. */
  readonly newOptions: readonly { readonly name: string; readonly cells: number }[]
}

/** What reading a whole file with a plan would give. */
export interface Confirmation {
  /** Records of the file, rejected ones included. */
  readonly records: number
  readonly rejected: number
  /** The first of them, at most 20. */
  readonly rejectedExamples: readonly RejectedRecord[]
  readonly columns: readonly ConfirmedColumn[]
  /** Columns of JSON objects that the plan does not know; an import would reject their records. */
  readonly foundColumns: readonly string[]
}

export interface ConfirmOptions extends Omit<ReadOptions, 'from'> {
  /** Called after each batch. */
  readonly onProgress?: ((done: { readonly records: number; readonly bytes: number }) => void) | undefined
}

/**
 * Reads the whole file as an import would, and counts what would not fit. Writes nothing.
 *
 * @throws OpsError as `readRecords`
 */
export async function confirmPlan(
  source: Source,
  format: FileFormat,
  columns: readonly ResolvedColumn[],
  context: ValueContext,
  { onProgress, ...reading }: ConfirmOptions = {},
): Promise<Confirmation> {
  const tallies = columns.map((column) => columnTally(column, context, format.kind === 'delimited'))
  const rejectedExamples: RejectedRecord[] = []
  const foundColumns: string[] = []
  let records = 0
  let rejected = 0
  for await (const batch of readRecords(source, format, { unknownColumns: 'keep', ...reading })) {
    for (const tally of tallies) tally.count(batch)
    rejected += batch.rejected.length
    rejectedExamples.push(...batch.rejected.slice(0, 20 - rejectedExamples.length))
    foundColumns.push(...batch.foundColumns)
    records += batch.records.length + batch.rejected.length
    onProgress?.({ records, bytes: batch.end.byte })
  }
  return { records, rejected, rejectedExamples, columns: tallies.map((tally) => tally.result()), foundColumns }
}

interface ColumnTally {
  count(batch: RecordBatch): void
  result(): ConfirmedColumn
}

const apostrophe = "'".charCodeAt(0)

function columnTally(column: ResolvedColumn, context: ValueContext, guarded: boolean): ColumnTally {
  const { index } = column.planned
  const { columnType } = column
  const read: CellReader = cellReader(column, context)
  const hasOptions = columnType.sort === 'option-order'
  const isList = columnType.storage === 'text[]'
  const examples: MisfitCell[] = []
  const options = new Map<string, number>()
  let filled = 0
  let empty = 0
  let misfits = 0

  function misfit(cell: RawCell, line: number, { reason }: CellRefusal): void {
    misfits += 1
    const text = textOfCell(cell)
    if (examples.length < 10) examples.push({ line, value: ownText(text.slice(0, 200)), reason })
    if (!hasOptions) return
    for (const name of Array.isArray(cell) ? cell.map(textOfCell) : isList ? splitList(text) : [text.trim()]) {
      const cells = options.get(name)
      if (cells === undefined && (options.size >= maxOptions || name === '')) continue
      options.set(cells === undefined ? ownText(name) : name, (cells ?? 0) + 1)
    }
  }

  return {
    count({ records, lines }) {
      for (let place = 0; place < records.length; place += 1) {
        let cell = records[place]?.[index]
        if (guarded && typeof cell === 'string' && cell.charCodeAt(0) === apostrophe)
          cell = unescapeSpreadsheetText(cell)
        const value = read(cell)
        if (value === null) empty += 1
        else {
          filled += 1
          if (value instanceof CellRefusal) misfit(cell ?? null, lines[place] ?? 0, value)
        }
      }
    },
    result: () => ({
      index,
      name: column.name,
      filled,
      empty,
      misfits,
      examples,
      newOptions: [...options].map(([name, cells]) => ({ name, cells })).sort((a, b) => b.cells - a.cells),
    }),
  }
}
