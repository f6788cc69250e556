import { type ColumnDefinition, findColumn } from '../../catalog/table-definition.ts'
import { type RowLineWriter, rowLineWriter } from '../../store/copy-lines.ts'
import { canCopy } from '../../store/copy-rows.ts'
import { brokenRule } from '../../store/formulas/column-checks.ts'
import type { FormulaSurroundings } from '../../store/formulas/formula-write.ts'
import { type KeptText, originalText } from '../../store/prepare-cells.ts'
import type { Json } from '../../values/json.ts'
import type { RawCell, RawRecord, RecordBatch } from '../read/record-batch.ts'
import { unescapeSpreadsheetText } from '../spreadsheet-escape.ts'
import { type CellReader, CellRefusal, cellReader } from '../understand/cell-reader.ts'
import { noteNames } from './add-options.ts'
import type { DuplicateFilter } from './duplicate-filter.ts'
import type { ImportInput } from './import-input.ts'
import type { RejectedRow } from './rejected-rows.ts'

/** Where a row of the table comes from. */
export interface RowOrigin {
  readonly line: number
  readonly cells: RawRecord
}

/** Records of a file as they go into the table. */
export interface ConvertedRecords {
  /** Ready for COPY, where it can be used. */
  readonly lines: readonly string[]
  /** Otherwise stored values, column by column in the order of the input's; null for empty cells. */
  readonly values: readonly (readonly Json[])[]
  readonly count: number
  /** Rows left out, for others of the file mean the same row. */
  readonly duplicates: number
  /** Texts that rows keep beside them, by place. */
  readonly kept: readonly { readonly place: number; readonly texts: readonly KeptText[] }[]
  /** Where the rows come from, in tables that may refuse them. */
  readonly origins: readonly RowOrigin[]
  readonly rejected: readonly RejectedRow[]
  /** Names that columns with options do not have, by column id; their cells count as cells that do not fit. */
  readonly unknownOptions: ReadonlyMap<string, ReadonlySet<string>>
}

/** Turns records into rows of one definition of the table. */
export interface RecordConverter {
  readonly surroundings: FormulaSurroundings
  /** The columns that the file goes to, in the order of the input's. */
  readonly columns: readonly ColumnDefinition[]
  /** Whether rows are made for COPY. */
  readonly copies: boolean
  /** @param filter says which of the rows that mean one row count; null for all */
  convert(batch: RecordBatch, filter: DuplicateFilter | null): ConvertedRecords
}

interface Mapped {
  readonly index: number
  readonly column: ColumnDefinition
  readonly read: CellReader
}

/** @throws OpsError `NOT_FOUND` if a column that the file goes to is gone */
export function recordConverter(input: ImportInput, surroundings: FormulaSurroundings): RecordConverter {
  const { table, context } = surroundings
  const mapped = input.columns.map(({ index, columnId, facts }): Mapped => {
    const column = findColumn(table, columnId)
    const { columnType, settings } = column
    const read = unguarded(cellReader({ columnType, settings, facts }, context), input)
    return { index, column, read: column.rule === null ? read : underRule(surroundings, column, read) }
  })
  const copies = input.settings.mode === 'create' && canCopy(table)
  const mayRefuse = table.columns.some(({ unique }) => unique)
  const matched = mapped.flatMap(({ column }, place) => (input.match.includes(column.id) ? [place] : []))
  return {
    surroundings,
    columns: mapped.map(({ column }) => column),
    copies,
    convert: (batch, filter) => {
      const writer = copies ? rowLineWriter(table.columns) : null
      return convertBatch(input, mapped, batch, { writer, mayRefuse, matched, filter })
    },
  }
}

const apostrophe = "'".charCodeAt(0)

/** Takes away what an export put before texts that a spreadsheet would compute. */
function unguarded(read: CellReader, { format }: ImportInput): CellReader {
  return format.kind === 'delimited' ? (cell) => read(plainCell(cell)) : read
}

function plainCell(cell: RawCell | undefined): RawCell | undefined {
  return typeof cell === 'string' && cell.charCodeAt(0) === apostrophe ? unescapeSpreadsheetText(cell) : cell
}

/** What breaks the rule of its column is refused like what its type cannot read. */
function underRule(surroundings: FormulaSurroundings, column: ColumnDefinition, read: CellReader): CellReader {
  return (cell) => {
    const value = read(cell)
    if (value instanceof CellRefusal) return value
    const broken = brokenRule(surroundings, column, value)
    return broken === null ? value : new CellRefusal(broken)
  }
}

interface Refused extends Mapped {
  readonly raw: RawCell
  /** Without what an export put before it. */
  readonly plain: RawCell
  readonly reason: string
}

interface ConvertOptions {
  readonly writer: RowLineWriter | null
  /** Whether the table may refuse rows when they are written. */
  readonly mayRefuse: boolean
  /** Places of the columns that rows are matched by. */
  readonly matched: readonly number[]
  readonly filter: DuplicateFilter | null
}

function convertBatch(
  { settings, headers, format }: ImportInput,
  mapped: readonly Mapped[],
  batch: RecordBatch,
  { writer, mayRefuse, matched, filter }: ConvertOptions,
): ConvertedRecords {
  const lines: string[] = []
  const values = mapped.map((): Json[] => [])
  const kept: { place: number; texts: readonly KeptText[] }[] = []
  const origins: RowOrigin[] = []
  const rejected: RejectedRow[] = batch.rejected.map(({ line, reason, excerpt }) => ({
    line,
    columns: [],
    values: [excerpt],
    reasons: [reason],
    cells: null,
  }))
  const unknownOptions = new Map<string, Set<string>>()
  const isGuarded = format.kind === 'delimited'
  let count = 0
  let duplicates = 0
  for (let index = 0; index < batch.records.length; index += 1) {
    const record = batch.records[index] ?? []
    const line = batch.lines[index] ?? 0
    let refused: Refused[] | undefined
    for (let place = 0; place < mapped.length; place += 1) {
      const each = mapped[place]
      if (each === undefined) continue
      let value = each.read(record[each.index])
      if (value instanceof CellRefusal) {
        refused ??= []
        const raw = record[each.index] ?? null
        refused.push({ ...each, raw, plain: isGuarded ? (plainCell(raw) ?? null) : raw, reason: value.reason })
        value = null
      }
      const column = values[place]
      if (writer === null && column !== undefined) column[count] = value
      else if (value !== null) writer?.set(each.column, value)
    }
    const key = filter === null ? null : keyAt(values, matched, count)
    if (refused !== undefined) {
      for (const { column, plain } of refused) noteNames(unknownOptions, column, plain)
      if (settings.onInvalid === 'reject') {
        writer?.drop()
        rejected.push(rejectedRow(line, record, refused, headers))
        continue
      }
    }
    if (key !== null && filter?.keeps(key, batch.numbers[index] ?? 0) === false) {
      duplicates += 1
      continue
    }
    if (refused !== undefined) kept.push({ place: count, texts: refused.map(keptText) })
    if (writer !== null) lines.push(writer.end())
    if (mayRefuse) origins.push({ line, cells: record })
    count += 1
  }
  // The last record may have left its values behind.
  for (const column of values) column.length = writer === null ? count : 0
  return { lines, values, count, duplicates, kept, origins, rejected, unknownOptions }
}

/** Text that two rows share if they agree in the columns that rows are matched by; null if one is empty. */
function keyAt(values: readonly (readonly Json[])[], matched: readonly number[], row: number): string | null {
  const cells = matched.map((place) => values[place]?.[row] ?? null)
  return cells.includes(null) ? null : JSON.stringify(cells)
}

function keptText({ column, plain, reason }: Refused): KeptText {
  return { column, original: originalText(plain), message: reason }
}

function rejectedRow(
  line: number,
  cells: RawRecord,
  refused: readonly Refused[],
  headers: readonly string[],
): RejectedRow {
  return {
    line,
    columns: refused.map(({ index, column }) => headers[index] ?? column.name),
    values: refused.map(({ raw }) => originalText(raw)),
    reasons: refused.map(({ reason }) => reason),
    cells,
  }
}
