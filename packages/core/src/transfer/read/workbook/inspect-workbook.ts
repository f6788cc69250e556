import { OpsError } from '../../../errors/ops-error.ts'
import { say } from '../../../sentences/say.ts'
import { columnsWidth } from '../columns-width.ts'
import { detectHeader } from '../detect-header.ts'
import type { Evidence } from '../evidence.ts'
import type { KnownFormat, WorkbookFormat } from '../file-format.ts'
import type { SourceInspection } from '../inspect-source.ts'
import { nameColumns } from '../name-columns.ts'
import type { RawRecord } from '../record-batch.ts'
import type { Source } from '../source.ts'
import { openWorkbook, type Workbook } from './open-workbook.ts'
import { readSheet } from './read-workbook.ts'

const sampleRecords = 1_000

/** Looks at the first rows of a sheet. See `inspectSource`. */
export async function inspectWorkbook(
  source: Source,
  known: KnownFormat,
  signal: AbortSignal | undefined,
): Promise<SourceInspection> {
  const workbook = await openWorkbook(source, signal)
  const evidence: Evidence[] = [{ about: 'kind', because: say('The file is an Excel workbook.') }]
  const visible = workbook.sheets.filter(({ hidden }) => !hidden)
  const sheets = (visible.length > 0 ? visible : workbook.sheets).map(({ name }) => name)
  const [first] = sheets
  const sheet = known.sheet ?? first
  if (sheet === undefined) throw new OpsError('INVALID_INPUT', say('The workbook has no sheet with cells.'))
  if (known.sheet === undefined && sheets.length > 1) {
    evidence.push({ about: 'sheet', because: say('It is the first of {#count} sheets.', { count: sheets.length }) })
  }
  const bare: WorkbookFormat = { kind: 'workbook', sheet, preambleLines: known.preambleLines ?? 0, header: false }
  const { records, lines } = await firstRows(workbook, bare, signal)
  if (records.length === 0) throw new OpsError('INVALID_INPUT', say('The sheet “{sheet}” is empty.', { sheet }))
  const skipped = known.preambleLines === undefined ? preambleRecords(records) : 0
  if (skipped > 0) {
    evidence.push({ about: 'preambleLines', because: say('The first rows have fewer cells than the table.') })
  }
  const preambleLines = skipped === 0 ? bare.preambleLines : (lines[skipped] ?? 1) - 1
  const table = records.slice(skipped)
  const found = detectHeader(table.slice(0, 100))
  if (known.header === undefined) evidence.push({ about: 'header', because: found.because })
  const header = known.header ?? found.header
  const headers = header ? (table[0] ?? []).map((cell) => (cell === null ? '' : String(cell))) : []
  const sample = table.slice(header ? 1 : 0, sampleRecords + 1)
  return {
    format: { ...bare, preambleLines, header },
    evidence,
    columns: nameColumns(headers, columnsWidth(sample, headers.length)),
    sample,
    sheets,
    size: source.size,
    estimatedRecords: records.length <= sampleRecords ? sample.length : null,
    warnings: [],
  }
}

async function firstRows(
  workbook: Workbook,
  format: WorkbookFormat,
  signal: AbortSignal | undefined,
): Promise<{ readonly records: RawRecord[]; readonly lines: number[] }> {
  const records: RawRecord[] = []
  const lines: number[] = []
  for await (const batch of readSheet(workbook, format, { batchRecords: sampleRecords + 30, signal })) {
    records.push(...batch.records)
    lines.push(...batch.lines)
    if (records.length > sampleRecords) break
  }
  return { records, lines }
}

/** Rows above the first that is as filled as a header: titles have one cell, or few of many. */
function preambleRecords(records: readonly RawRecord[]): number {
  const filled = (record: RawRecord) => record.filter((cell) => cell !== null && cell !== '').length
  const typical = Math.max(...records.slice(0, 50).map(filled))
  if (typical < 2) return 0
  return Math.max(
    0,
    records.slice(0, 30).findIndex((record) => filled(record) > Math.max(1, typical / 3)),
  )
}
