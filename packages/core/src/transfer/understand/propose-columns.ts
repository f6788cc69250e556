import { say } from '../../sentences/say.ts'
import { type BuiltInColumnTypeId, builtInColumnTypes } from '../../values/built-in-types.ts'
import type { AnyColumnType, ValueContext } from '../../values/column-type.ts'
import { type DetectedColumnType, detectColumnType } from '../../values/detect.ts'
import type { Evidence } from '../read/evidence.ts'
import type { SourceInspection } from '../read/inspect-source.ts'
import type { SourceColumn } from '../read/name-columns.ts'
import type { RawCell } from '../read/record-batch.ts'
import { unescapeSpreadsheetText } from '../spreadsheet-escape.ts'
import type { ColumnFacts } from './column-facts.ts'
import { emptyTextsOf } from './empty-texts.ts'
import { factsOfType, isWordy, numericTypes } from './facts-of-type.ts'
import { textOfCell } from './text-of-cell.ts'
import { typeByHeader } from './type-by-header.ts'

/** What the sample says of one column of a file. */
export interface ProposedColumn extends DetectedColumnType {
  readonly source: SourceColumn
  /** How its texts are to be read. */
  readonly facts: ColumnFacts
  /** For the type, the date order, the decimal mark, texts that stand for nothing. */
  readonly evidence: readonly Evidence[]
  /** Filled cells of the sample, at most five, that differ; at most 100 characters of each. */
  readonly examples: readonly string[]
}

type Inspected = Pick<SourceInspection, 'columns' | 'sample' | 'format'>

/** Cells looked at in the whole file: of a file with thousands of columns, fewer of each. */
const sampleCells = 100_000

/** Proposes a type, and how to read it, for every column of a file. */
export function proposeColumns(
  { columns, sample, format }: Inspected,
  context: ValueContext,
): readonly ProposedColumn[] {
  const guarded = format.kind === 'delimited'
  const looked = sample.slice(0, Math.max(50, Math.ceil(sampleCells / Math.max(1, columns.length))))
  const proposed = columns.map((source) => {
    const cells = looked.map((record) => record[source.index] ?? null)
    return proposeColumn(source, guarded ? cells.map(withoutGuard) : cells, context)
  })
  const mark = decimalMarkOf(proposed)
  return mark === undefined ? proposed : proposed.map((column) => withMark(column, mark))
}

/** What some columns of a file prove, and none contradicts, holds for the others: one program wrote them all. */
export function decimalMarkOf(columns: readonly ProposedColumn[]): ColumnFacts['decimalMark'] {
  const marks = new Set(columns.flatMap(({ facts }) => facts.decimalMark ?? []))
  const [mark] = marks
  return marks.size === 1 ? mark : undefined
}

function withoutGuard(cell: RawCell): RawCell {
  return typeof cell === 'string' ? unescapeSpreadsheetText(cell) : cell
}

function proposeColumn(source: SourceColumn, cells: readonly RawCell[], context: ValueContext): ProposedColumn {
  const texts = cells.map(textOfCell).filter((text) => text.trim() !== '')
  const { filled } = emptyTextsOf(texts)
  const withoutWords = detect(source.header, cells, filled, context)
  const keepsWords = filled.length < texts.length && isWordy(withoutWords.type)
  const { type, settings, share } = keepsWords ? detect(source.header, cells, texts, context) : withoutWords
  const { facts, evidence } = factsOfType(type, cells)
  const sentence = typeSentence(type, share, keepsWords ? texts.length : filled.length)
  return {
    source,
    type,
    // The order is a fact of the file: what people type into the column later follows their locale.
    settings: type === 'date' || type === 'datetime' ? defaultsOf(type) : settings,
    share,
    facts,
    evidence: [{ about: 'type', because: sentence }, ...evidence],
    examples: [...new Set(filled.slice(0, 200).map((text) => text.slice(0, 100)))].slice(0, 5),
  }
}

function detect(
  header: string,
  cells: readonly RawCell[],
  texts: readonly string[],
  context: ValueContext,
): DetectedColumnType {
  const filled = cells.filter((cell) => cell !== null && cell !== '')
  if (filled.length > 0 && filled.every((cell) => typeof cell === 'number')) {
    return typeByHeader(header, { type: 'number', settings: defaultsOf('number'), share: 1 }, texts, context)
  }
  if (filled.length > 0 && filled.every((cell) => typeof cell === 'boolean')) {
    return { type: 'checkbox', settings: defaultsOf('checkbox'), share: 1 }
  }
  if (filled.length > 0 && filled.every((cell) => typeof cell === 'object')) {
    const found = filled.every(isTextList) ? detectColumnType(texts, context) : null
    const type = found === null ? 'json' : 'list'
    return found?.type === 'tags' ? found : { type, settings: defaultsOf(type), share: 1 }
  }
  return typeByHeader(header, detectColumnType(texts, context), texts, context)
}

function isTextList(cell: RawCell): boolean {
  return Array.isArray(cell) && cell.every((item) => typeof item === 'string')
}

function withMark(column: ProposedColumn, mark: ',' | '.'): ProposedColumn {
  const isOpen = numericTypes.has(column.type) && column.facts.decimalMark === undefined
  if (!isOpen || column.examples.every((text) => !/[.,]/.test(text))) return column
  const because =
    mark === ','
      ? say('Other columns of the file have a decimal comma.')
      : say('Other columns of the file have a decimal point.')
  return {
    ...column,
    facts: { ...column.facts, decimalMark: mark },
    evidence: [...column.evidence.filter(({ about }) => about !== 'decimalMark'), { about: 'decimalMark', because }],
  }
}

function typeSentence(type: BuiltInColumnTypeId, share: number, filled: number): string {
  const { label } = builtInColumnTypes[type]
  if (filled === 0) return say('No cell of the sample is filled.')
  return share === 1
    ? say('All {#count} filled cells of the sample can be read as {type}.', { count: filled, type: label })
    : say('{#share}% of the sample can be read as {type}.', { share: Math.floor(share * 100), type: label })
}

function defaultsOf(type: BuiltInColumnTypeId): unknown {
  const { settings }: AnyColumnType = builtInColumnTypes[type]
  return settings.parse({})
}
