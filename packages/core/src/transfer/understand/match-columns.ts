import { type ColumnDefinition, writeRefusal } from '../../catalog/table-definition.ts'
import { editDistance } from '../../errors/edit-distance.ts'
import { say } from '../../sentences/say.ts'
import type { ValueContext } from '../../values/column-type.ts'
import type { RawRecord } from '../read/record-batch.ts'
import { unescapeSpreadsheetText } from '../spreadsheet-escape.ts'
import { CellRefusal, cellReader } from './cell-reader.ts'
import type { ColumnFacts } from './column-facts.ts'
import { factsOfType, numericTypes } from './facts-of-type.ts'
import { headerWords } from './header-words.ts'
import { decimalMarkOf, type ProposedColumn } from './propose-columns.ts'
import { type Meaning, meaningOf } from './synonyms.ts'

/** A column of a file and the column of a table that it goes to. */
export interface ColumnMatch {
  /** Place of the file's column in its records. */
  readonly index: number
  readonly column: ColumnDefinition
  /** How its texts are to be read as the column's type. */
  readonly facts: ColumnFacts
  /** How sure it is, 0 to 1. */
  readonly score: number
  /** A sentence for people. */
  readonly because: string
}

/** Pairs below it are not proposed. */
const leastScore = 0.45
/** Cells of a column that are looked at. */
const sampleCells = 200
/** Types that say what a column is about. */
const tellingTypes: ReadonlySet<string> = new Set(['email', 'phone', 'linkedin', 'url', 'company', 'person'])

/**
 * Proposes where the columns of a file go in a table: by name, by what the trade calls it, and by content. Columns that
 * formulas fill are left out. At most one column of the file goes to one of the table.
 */
export function matchColumns(
  proposed: readonly ProposedColumn[],
  sample: readonly RawRecord[],
  columns: readonly ColumnDefinition[],
  context: ValueContext,
): readonly ColumnMatch[] {
  const sources = proposed.map((column) => ({ column, named: namesOf(column.source.header) }))
  const targets = columns
    .filter((column) => writeRefusal(column) === null)
    .map((column) => ({ column, named: namesOf(column.name), key: headerWords(column.key) }))
  const countOf = (list: readonly { readonly column: { readonly type: string } }[], type: string) =>
    list.filter(({ column }) => column.type === type).length
  const mark = decimalMarkOf(proposed)
  const onlyTypes = [...tellingTypes].filter((type) => countOf(sources, type) === 1 && countOf(targets, type) === 1)

  const pairs = sources.flatMap((from) =>
    targets.flatMap((to): ColumnMatch[] => {
      const name = nameScore(from.named, to.named, to.key)
      const isOnly = onlyTypes.includes(to.column.type) && from.column.type === to.column.type
      if (name === null && !isOnly) return []
      const { index } = from.column.source
      const facts = factsFor(from.column, to.column.type, sample, mark)
      const fits = fittingShare(index, facts, to.column, sample, context)
      if (name === null) {
        const because = say('Both are the only columns of the type {type}.', { type: to.column.columnType.label })
        return fits < 0.9 ? [] : [{ index, column: to.column, facts, score: 0.6, because }]
      }
      // Options can be added, other types cannot. The same name is proposed whatever the cells: what an export wrote
      // of a column whose texts do not fit its type is to go back there.
      const least = to.column.columnType.sort === 'option-order' ? 0.7 : name.score === 1 ? 0.25 : 0
      const content = Math.max(fits, least)
      const because =
        fits < 0.9
          ? say('{~because}, though only {#share}% of the sample fits.', {
              because: name.because,
              share: Math.floor(fits * 100),
            })
          : say('{~because}.', { because: name.because })
      return [{ index, column: to.column, facts, score: name.score * (0.3 + 0.7 * content), because }]
    }),
  )
  const matches: ColumnMatch[] = []
  for (const pair of pairs.sort((a, b) => b.score - a.score)) {
    if (pair.score < leastScore) break
    const isTaken = matches.some(({ index, column }) => index === pair.index || column === pair.column)
    if (!isTaken) matches.push(pair)
  }
  return matches.sort((a, b) => a.index - b.index)
}

interface Names {
  readonly plain: string
  readonly words: string
  readonly list: readonly string[]
  readonly meaning: Meaning | null
}

function namesOf(plain: string): Names {
  const words = headerWords(plain.slice(0, 200))
  return { plain, words, list: words.split(' '), meaning: meaningOf(plain.slice(0, 200)) }
}

function nameScore(from: Names, to: Names, key: string): { readonly score: number; readonly because: string } | null {
  if (from.words === '') return null
  if (from.words === to.words || from.words === key) return { score: 1, because: say('The names are the same') }
  if (from.meaning !== null && from.meaning === to.meaning) {
    return { score: 0.9, because: say('“{name}” is another word for “{other}”', { name: from.plain, other: to.plain }) }
  }
  if (from.list.join('') === to.list.join(''))
    return { score: 0.95, because: say('The names differ only in their marks') }
  const longest = Math.max(from.words.length, to.words.length)
  const edits = Math.floor(longest / 5)
  const isNear = Math.abs(from.words.length - to.words.length) <= edits
  if (longest >= 5 && isNear && editDistance(from.words, to.words) <= edits) {
    return { score: 0.75, because: say('The names differ by few letters') }
  }
  const shared = from.list.filter((word) => to.list.includes(word)).length
  const share = shared / Math.max(from.list.length, to.list.length)
  return share >= 0.5 ? { score: 0.5 + share / 4, because: say('The names share their words') } : null
}

/** The facts proposed, unless those are for another type. */
function factsFor(
  { source, type, facts }: ProposedColumn,
  target: string,
  sample: readonly RawRecord[],
  mark: ColumnFacts['decimalMark'],
): ColumnFacts {
  if (type === target) return facts
  const cells = sample.slice(0, sampleCells).map((record) => {
    const cell = record[source.index] ?? null
    return typeof cell === 'string' ? unescapeSpreadsheetText(cell) : cell
  })
  const found = factsOfType(target, cells).facts
  return numericTypes.has(target) && mark !== undefined ? { decimalMark: mark, ...found } : found
}

function fittingShare(
  index: number,
  facts: ColumnFacts,
  { columnType, settings }: ColumnDefinition,
  sample: readonly RawRecord[],
  context: ValueContext,
): number {
  const read = cellReader({ columnType, settings, facts }, context)
  let filled = 0
  let fits = 0
  for (const record of sample) {
    const cell = record[index]
    const value = read(typeof cell === 'string' ? unescapeSpreadsheetText(cell) : cell)
    if (value === null) continue
    filled += 1
    if (!(value instanceof CellRefusal)) fits += 1
    if (filled === sampleCells) break
  }
  return filled === 0 ? 1 : fits / filled
}
