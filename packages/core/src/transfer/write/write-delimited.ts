import { emptyField, fieldText } from '../../store/copied-fields.ts'
import { memo } from '../../values/memo.ts'
import { escapeSpreadsheetText } from '../spreadsheet-escape.ts'
import { type CellText, cellTextOf, holdsFreeText } from './cell-texts.ts'
import type { FilePlan } from './export-plan.ts'
import type { DelimitedQuery } from './export-query.ts'
import type { ExportTally } from './export-report.ts'
import { headerOf } from './header.ts'
import { textEncoder } from './text-encoder.ts'
import { textsBesideOf } from './texts-beside.ts'

/**
 * CSV and TSV after RFC 4180. Written by hand because the libraries are made for rows as objects, and their guards
 * against computed cells go by the text alone and spoil numbers.
 */
export async function* writeDelimited(
  lines: AsyncIterable<readonly string[]>,
  plan: FilePlan,
  query: DelimitedQuery,
  tally: ExportTally,
): AsyncGenerator<Uint8Array> {
  const encode = textEncoder(query.encoding, tally)
  const guard: CellText = query.injection === 'escape' ? escapeSpreadsheetText : asIs
  const { columns } = plan
  const cells = columns.map((column): CellText => {
    const text = cellTextOf(column, plan)
    if (!holdsFreeText(column)) return (field) => quoted(text(field))
    const cell: CellText = (field) => quoted(guard(text(fieldText(field))))
    return column.type.sort === 'option-order' ? memo(cell, 1_000) : cell
  })
  const besideOf = textsBesideOf(plan)
  const { delimiter, newline } = query
  // A line without anything would be passed over by those who read it.
  const emptyCell = columns.length === 1 ? '""' : ''

  const names = headerOf(plan, query.header)
  const header = names === null ? '' : names.map((name) => quoted(guard(name))).join(delimiter) + newline
  yield encode((query.bom && query.encoding !== 'windows-1252' ? '\ufeff' : '') + header)
  for await (const batch of lines) {
    let out = ''
    for (const line of batch) {
      const fields = line.split('\t')
      const beside = besideOf(fields)
      let place = 0
      for (const cell of cells) {
        if (place > 0) out += delimiter
        const field = fields[place] ?? emptyField
        const instead = beside?.get(place)
        if (instead !== undefined) out += quoted(guard(instead))
        else out += field === emptyField ? emptyCell : cell(field)
        place += 1
      }
      out += newline
    }
    tally.rows += batch.length
    yield encode(out)
  }
}

const asIs: CellText = (text) => text

/**
 * Marks that a reader might take for a delimiter or a comment, whatever ours are, and spaces that it might take away.
 */
const misread = /[",;\t|\r\n]|^[\s#]|\s$/

function quoted(text: string): string {
  return misread.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
