import { say } from '../../sentences/say.ts'
import { delimitedScanner } from './delimited-scanner.ts'
import type { Evidence } from './evidence.ts'
import { type DelimitedFormat, delimitedFormatSchema, type Encoding } from './file-format.ts'
import { openBatch } from './open-batch.ts'
import { readLimits } from './read-limits.ts'

type Marks = Omit<DelimitedFormat, 'kind' | 'encoding' | 'header'>
type KnownMarks = { readonly [Mark in keyof Marks]?: Marks[Mark] | undefined }

/** How delimited text is to be split, and how that was told. */
export interface DetectedDelimited {
  readonly marks: Marks
  readonly evidence: readonly Evidence[]
}

/** Records that are compared. */
const comparedRecords = 200
const comparedLength = 131_072
/** From the most to the least likely; the last ones are what databases export. */
const delimiters = [',', ';', '\t', '|', '¦', '^', '~', '\u001f', '\u0001'] as const

interface Attempt {
  readonly marks: Marks
  readonly records: readonly (readonly string[])[]
  readonly lines: readonly number[]
  /** The number of cells that most records have. */
  readonly width: number
  readonly alike: number
  readonly score: number
}

/**
 * Finds the marks that split the text into records of the same number of cells.
 *
 * @param isWhole whether the text is the whole file
 * @param known marks that are not to be guessed
 * @param name of the file
 */
export function detectDelimited(
  text: string,
  isWhole: boolean,
  known: KnownMarks,
  name: string | undefined,
): DetectedDelimited {
  const looked = text.slice(0, comparedLength)
  const last = isWhole && looked.length === text.length
  const newline = known.newline ?? (/\n/.test(looked) || !/\r/.test(looked) ? 'line-feed' : 'carriage-return')
  const declared = declaredDelimiter(looked, known)
  const escapes = known.escape !== undefined ? [known.escape] : escapesOf(looked)
  const quotes = known.quote !== undefined ? [known.quote] : quotesOf(looked)
  const tried = known.delimiter !== undefined ? [known.delimiter] : declared !== undefined ? [declared] : delimiters
  const attempts = tried.flatMap((delimiter) =>
    quotes
      .filter((quote) => quote !== delimiter[0])
      .flatMap((quote) =>
        escapes.map((escaping) => {
          const marks = marksWith({ delimiter, quote, escape: escaping, newline, comment: known.comment ?? null })
          return attempt(looked, last, marks, declared === undefined ? 0 : 1, name)
        }),
      ),
  )
  const best = attempts.reduce((found, next) => (next.score > found.score ? next : found))
  const comment = known.comment === undefined ? commentOf(best) : known.comment
  const settled = comment === best.marks.comment ? best : attempt(looked, last, { ...best.marks, comment }, 0, name)
  const preambleLines = known.preambleLines ?? (declared === undefined ? preambleOf(settled) : 1)
  const marks = { ...settled.marks, preambleLines }
  return { marks, evidence: evidenceOf(settled, marks, declared !== undefined, known) }
}

function marksWith(marks: Omit<Marks, 'preambleLines'>): Marks {
  return { ...marks, preambleLines: 0 }
}

function attempt(text: string, last: boolean, marks: Marks, skippedLines: number, name: string | undefined): Attempt {
  const { records, lines } = firstRecords(text, last, { ...marks, preambleLines: skippedLines }, comparedRecords)
  const counts = new Map<number, number>()
  for (const record of records) counts.set(record.length, (counts.get(record.length) ?? 0) + 1)
  const [width = 1, alike = 0] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? []
  const share = alike / Math.max(1, records.length)
  const cells = records.flat()
  const strayQuotes = cells.filter((cell) => /^["']|"$/.test(cell)).length / Math.max(1, cells.length)
  // In `1;2,5` the comma is a decimal one.
  const split = cells.filter((cell) => /[;\t|]/.test(cell)).length / Math.max(1, cells.length)
  const named = marks.delimiter === '\t' && /\.(?:tsv|tab)$/i.test(name ?? '') ? 0.05 : 0
  const score =
    width === 1 ? 0.01 * share : share * (1 - 1 / (width + 1)) * (1 - strayQuotes / 2) * (1 - split / 5) + named
  return { marks, records, lines, width, alike, score }
}

/** The first records of a text, split by the marks. */
export function firstRecords(
  text: string,
  last: boolean,
  marks: Marks,
  most: number,
): { readonly records: readonly (readonly string[])[]; readonly lines: readonly number[]; readonly end: number } {
  const format = { ...delimitedFormatSchema.parse({ kind: 'delimited' }), ...marks, encoding: 'utf-8' as Encoding }
  for (const isLast of last ? [true] : [false, true]) {
    const batch = openBatch({ line: 1, record: 0 })
    const scanner = delimitedScanner(
      format,
      readLimits({ maxRecordLength: text.length, maxCells: text.length + 1 }),
      marks.preambleLines,
    )
    const end = scanner.scan({ text, last: isLast, misread: false }, 0, batch, most)
    // Without a single whole record, the one that is cut must do.
    if (batch.records.length > 0 || isLast) {
      return { records: batch.records as string[][], lines: batch.lines, end }
    }
  }
  return { records: [], lines: [], end: 0 }
}

/** `sep=;` in the first line, as Excel writes it. A quote, or a mark that is known to be another, is none. */
function declaredDelimiter(text: string, { quote, comment }: KnownMarks): string | undefined {
  const mark = /^sep=([^\r\n\0"])\r?\n/i.exec(text)?.[1]
  return mark === quote || mark === comment ? undefined : mark
}

function quotesOf(text: string): ('"' | "'")[] {
  if (text.includes('"')) return ['"']
  return /(?:^|[,;\t|])'[^'\r\n]*'(?=[,;\t|\r\n]|$)/m.test(text) ? ['"', "'"] : ['"']
}

function escapesOf(text: string): ('double' | 'backslash')[] {
  return /\\"(?!")/.test(text) ? ['double', 'backslash'] : ['double']
}

/** `#`, if lines begin with it that have not the width of the others. */
function commentOf({ records, width }: Attempt): string | null {
  const marked = records.filter(([cell = '']) => cell.startsWith('#'))
  return width > 1 && marked.length > 0 && marked.every((record) => record.length !== width) ? '#' : null
}

/** Lines before the first record that is as filled as a header: titles have one cell, or few of many. */
function preambleOf({ records, lines, width }: Attempt): number {
  if (width < 2) return 0
  const filled = (record: readonly string[]) => record.filter((cell) => cell.trim() !== '').length
  const typical = Math.max(...records.slice(0, 50).map(filled))
  const isHeader = (record: readonly string[]) =>
    record.length >= width / 2 && filled(record) > Math.max(1, typical / 3)
  const place = records.slice(0, 30).findIndex(isHeader)
  return place <= 0 ? 0 : (lines[place] ?? 1) - 1
}

const names: Readonly<Record<string, string>> = { '\t': 'a tab', '\u001f': 'the unit separator', '\u0001': 'U+0001' }

function evidenceOf(best: Attempt, marks: Marks, declared: boolean, known: KnownMarks): Evidence[] {
  const evidence: Evidence[] = []
  const { records, alike, width } = best
  const mark = names[marks.delimiter] ?? `“${marks.delimiter}”`
  if (known.delimiter === undefined) {
    const counted = say('Of the first {#count} records, {#alike} have {#cells} cells with {mark} between them.', {
      count: records.length,
      alike,
      cells: width,
      mark,
    })
    evidence.push({
      about: 'delimiter',
      because: declared ? say('The first line declares {mark}.', { mark }) : counted,
    })
  }
  if (marks.newline === 'carriage-return') {
    evidence.push({ about: 'newline', because: say('There are carriage returns and no line feeds.') })
  }
  if (known.quote === undefined && marks.quote === "'") {
    evidence.push({ about: 'quote', because: say('Cells stand in apostrophes.') })
  }
  if (known.escape === undefined && marks.escape === 'backslash') {
    evidence.push({ about: 'escape', because: say('Quotes inside of cells follow a backslash.') })
  }
  if (known.comment === undefined && marks.comment !== null) {
    evidence.push({
      about: 'comment',
      because: say('Lines that begin with “{mark}” have fewer cells.', { mark: marks.comment }),
    })
  }
  if (known.preambleLines === undefined && marks.preambleLines > 0) {
    evidence.push({ about: 'preambleLines', because: say('The first lines have fewer cells than the table.') })
  }
  return evidence
}
