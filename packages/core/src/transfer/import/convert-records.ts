import { type ColumnDefinition, findColumn } from '../../catalog/table-definition.ts'
import { type RowLines, type RowLineWriter, rowLineWriter } from '../../store/copy-lines.ts'
import { canCopy } from '../../store/copy-rows.ts'
import { brokenRule } from '../../store/formulas/column-checks.ts'
import type { FormulaSurroundings } from '../../store/formulas/formula-write.ts'
import { type KeptText, originalText, type PreparedRow } from '../../store/prepare-cells.ts'
import type { Json } from '../../values/json.ts'
import { maxOptions } from '../../values/options.ts'
import { splitList } from '../../values/tag-list.ts'
import type { RecordBatch } from '../read/record-batch.ts'
import { unescapeSpreadsheetText } from '../spreadsheet-escape.ts'
import { type CellReader, CellRefusal, cellReader } from '../understand/cell-reader.ts'
import type { ImportInput } from './import-input.ts'
import type { RejectedRow } from './rejected-rows.ts'

/** Records of a file as they go into the table. */
export interface ConvertedRecords {
  /** Ready for COPY, where it can be used. */
  readonly lines: RowLines | null
  /** Otherwise one by one; `index` is a record's place in its batch. */
  readonly rows: readonly PreparedRow[]
  readonly rejected: readonly RejectedRow[]
  /** Cells whose text is kept beside them. */
  readonly warnings: number
  /** Names that columns with options do not have, by column id; their cells count as cells that do not fit. */
  readonly unknownOptions: ReadonlyMap<string, ReadonlySet<string>>
}

/** Turns batches into rows of one definition of the table; they are of no use under another. */
export interface RecordConverter {
  readonly revision: number
  /** Set once the definition was found to have changed. */
  isStale: boolean
  convert(batch: RecordBatch): ConvertedRecords
}

interface Mapped {
  readonly index: number
  readonly column: ColumnDefinition
  readonly read: CellReader
}

/** @throws OpsError `NOT_FOUND` if a column that the file goes to is gone */
export function recordConverter(input: ImportInput, surroundings: FormulaSurroundings): RecordConverter {
  const { table, context } = surroundings
  const escaped = input.format.kind === 'delimited'
  const mapped = input.columns.map(({ index, columnId, facts }): Mapped => {
    const column = findColumn(table, columnId)
    const { columnType, settings } = column
    const read = cellReader({ columnType, settings, facts }, context)
    return { index, column, read: column.rule === null ? read : underRule(surroundings, column, read) }
  })
  const copies = input.settings.mode === 'create' && canCopy(table)
  return {
    revision: table.revision,
    isStale: false,
    convert: (batch) => convertBatch(input, mapped, batch, copies ? rowLineWriter(table.columns) : null, escaped),
  }
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

function convertBatch(
  { settings, headers }: ImportInput,
  mapped: readonly Mapped[],
  batch: RecordBatch,
  writer: RowLineWriter | null,
  escaped: boolean,
): ConvertedRecords {
  const rows: PreparedRow[] = []
  const lines: string[] = []
  const kept: { place: number; texts: readonly KeptText[] }[] = []
  const rejected: RejectedRow[] = batch.rejected.map(({ line, reason, excerpt }) => ({
    line,
    columns: [],
    values: [excerpt],
    reasons: [reason],
    cells: null,
  }))
  const unknownOptions = new Map<string, Set<string>>()
  let warnings = 0
  for (let index = 0; index < batch.records.length; index += 1) {
    const record = batch.records[index] ?? []
    const refusals: { readonly mapped: Mapped; readonly raw: Json; readonly reason: string }[] = []
    const values = writer === null ? new Map<ColumnDefinition, Json>() : undefined
    for (const each of mapped) {
      let raw = record[each.index]
      if (escaped && typeof raw === 'string' && raw.charCodeAt(0) === apostrophe) raw = unescapeSpreadsheetText(raw)
      const value = each.read(raw)
      if (value === null) continue
      if (value instanceof CellRefusal) refusals.push({ mapped: each, raw: raw ?? null, reason: value.reason })
      else if (values === undefined) writer?.set(each.column, value)
      else values.set(each.column, value)
    }
    if (refusals.length > 0) {
      for (const { mapped: to, raw } of refusals) noteOption(unknownOptions, to.column, raw)
      if (settings.onInvalid === 'reject') {
        writer?.drop()
        rejected.push({
          line: batch.lines[index] ?? 0,
          columns: refusals.map(({ mapped: to }) => headers[to.index] ?? to.column.name),
          values: refusals.map(({ raw }) => originalText(raw)),
          reasons: refusals.map(({ reason }) => reason),
          cells: record,
        })
        continue
      }
      warnings += refusals.length
    }
    const texts = refusals.map(({ mapped: to, raw, reason }) => ({
      column: to.column,
      original: originalText(raw),
      message: reason,
    }))
    if (values === undefined) {
      if (texts.length > 0) kept.push({ place: lines.length, texts })
      lines.push(writer?.end() ?? '')
    } else {
      for (const { column } of texts) values.set(column, null)
      rows.push({ index, values, kept: texts })
    }
  }
  const ready = writer === null ? null : { lines, kept }
  return { lines: ready, rows, rejected, warnings, unknownOptions }
}

const apostrophe = "'".charCodeAt(0)

function noteOption(unknown: Map<string, Set<string>>, column: ColumnDefinition, raw: Json): void {
  if (column.columnType.sort !== 'option-order') return
  const names = unknown.get(column.id) ?? new Set()
  const parts = Array.isArray(raw) ? raw.map(originalText) : [originalText(raw)]
  for (const name of column.columnType.storage === 'text[]' ? parts.flatMap(splitList) : parts) {
    // More names than a column may have options are no options.
    if (names.size < maxOptions) names.add(name)
  }
  unknown.set(column.id, names)
}
