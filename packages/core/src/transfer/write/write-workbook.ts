import type { CellValue } from 'hucre/xlsx'
import { OpsError } from '../../errors/ops-error.ts'
import { say } from '../../sentences/say.ts'
import { emptyField, fieldText } from '../../store/copied-fields.ts'
import type { FilePlan } from './export-plan.ts'
import type { CheckedExportQuery } from './export-query.ts'
import type { ExportTally } from './export-report.ts'
import { headerOf } from './header.ts'
import { sheetCellOf, sheetText } from './sheet-cells.ts'
import { textsBesideOf } from './texts-beside.ts'

type WorkbookQuery = Extract<CheckedExportQuery, { format: 'xlsx' }>

/**
 * A workbook of Excel with typed cells and a header that stays in view. Rows beyond the 1,048,576 of a sheet go to
 * further sheets, each with the header.
 */
export async function* writeWorkbook(
  lines: AsyncIterable<readonly string[]>,
  plan: FilePlan,
  query: WorkbookQuery,
  tally: ExportTally,
  rowsPerSheet = 1_048_576,
): AsyncGenerator<Uint8Array> {
  // Most processes write no workbook, and its code is loaded with every one of them otherwise.
  const { writeXlsxStream } = await import('hucre/xlsx')
  const names = headerOf(plan, query.header)
  const cells = plan.columns.map((column) => sheetCellOf(column, plan, tally))
  const columns = cells.map(({ numberFormat }, place) => ({
    ...(names !== null && { header: sheetText(names[place] ?? '', tally) }),
    ...(numberFormat !== null && { numFmt: numberFormat }),
  }))
  const options = {
    name: sheetName(plan.title),
    columns,
    ...(names !== null && { freezePane: { rows: 1 } }),
    repeatHeaders: names !== null,
    maxRowsPerSheet: rowsPerSheet,
  }
  try {
    const rows = sheetRows(
      lines,
      plan,
      cells.map(({ value }) => value),
      tally,
    )
    yield* writeXlsxStream(rows, options) as AsyncIterable<Uint8Array>
  } catch (error) {
    if (!(error instanceof Error && /ZIP64|4 ?GiB/i.test(error.message))) throw error
    throw new OpsError('LIMIT_EXCEEDED', say('The workbook would be larger than 4 GB. Export CSV, or fewer columns.'), {
      cause: error,
    })
  }
}

async function* sheetRows(
  lines: AsyncIterable<readonly string[]>,
  plan: FilePlan,
  values: readonly ((text: string) => CellValue)[],
  tally: ExportTally,
): AsyncGenerator<CellValue[]> {
  const besideOf = textsBesideOf(plan)
  for await (const batch of lines) {
    for (const line of batch) {
      const fields = line.split('\t')
      const beside = besideOf(fields)
      yield values.map((value, place) => {
        const text = beside?.get(place)
        if (text !== undefined) return sheetText(text, tally)
        const field = fields[place] ?? emptyField
        return field === emptyField ? null : value(fieldText(field))
      })
      tally.rows += 1
    }
  }
}

/** A name that Excel takes for a sheet: 31 characters, none of `[]:*?/\`, no apostrophe at an end. */
function sheetName(title: string): string {
  const tidy = [...title.replace(/[[\]:*?/\\\p{Cc}]+/gu, ' ').replace(/\s+/g, ' ')].slice(0, 31).join('')
  const name = tidy.replace(/^[\s']+|[\s']+$/g, '')
  return name === '' || name.length > 31 || name.toLowerCase() === 'history' ? 'Rows' : name
}
