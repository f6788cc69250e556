import { OpsError } from '../../../errors/ops-error.ts'
import { say } from '../../../sentences/say.ts'
import type { WorkbookFormat } from '../file-format.ts'
import { acceptRecord, batchSize, closeBatch, openBatch, rejectRecord } from '../open-batch.ts'
import { readLimits } from '../read-limits.ts'
import type { ReadOptions } from '../read-records.ts'
import type { RecordBatch } from '../record-batch.ts'
import { recordFault } from '../record-fault.ts'
import type { Source } from '../source.ts'
import { openWorkbook, type Workbook } from './open-workbook.ts'
import { sheetRows } from './sheet-rows.ts'

/** Rows of a wide sheet are many cells: a batch ends early once it holds so many. */
const batchCells = 500_000

/** The rows of a sheet in batches. See `readRecords`. */
export async function* readWorkbook(
  source: Source,
  format: WorkbookFormat,
  options: ReadOptions,
): AsyncGenerator<RecordBatch> {
  yield* readSheet(await openWorkbook(source, options.signal), format, options)
}

/** The rows of a sheet of an open workbook in batches. */
export async function* readSheet(
  workbook: Workbook,
  format: WorkbookFormat,
  options: ReadOptions,
): AsyncGenerator<RecordBatch> {
  const { from, signal } = options
  const limits = readLimits(options)
  const sheet = workbook.sheets.find(({ name }) => name === format.sheet)
  if (sheet === undefined) {
    const names = workbook.sheets.map(({ name }) => `“${name}”`).join(', ')
    throw new OpsError(
      'INVALID_INPUT',
      say('The workbook has no sheet “{sheet}”. It has: {names}.', { sheet: format.sheet, names }),
    )
  }
  let headerIsNext = format.header
  let batch = openBatch({ line: 1, record: 0 })
  let cells = 0
  for await (const rows of sheetRows(workbook, sheet.part, signal)) {
    for (const row of rows) {
      if (row.number <= format.preambleLines) continue
      if (headerIsNext) {
        headerIsNext = false
        continue
      }
      if (from !== undefined && batch.record < from.record) {
        batch.record += 1
        continue
      }
      batch.line = row.number
      const fault = recordFault(row.cells, limits.width, limits)
      if (fault === null) acceptRecord(batch, row.cells)
      else rejectRecord(batch, fault, JSON.stringify(row.cells.slice(0, 100)))
      batch.line = row.number + 1
      cells += row.cells.length
      if (batchSize(batch) < limits.batchRecords && cells < batchCells) continue
      yield closeBatch(batch, 0)
      batch = openBatch(batch)
      cells = 0
    }
  }
  if (batchSize(batch) > 0) yield closeBatch(batch, 0)
}
