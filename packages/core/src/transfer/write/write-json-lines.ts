import type { QueryColumn } from '../../query/query-table.ts'
import { emptyField, fieldText } from '../../store/copied-fields.ts'
import { type CellText, cellTextOf, cellValueOf } from './cell-texts.ts'
import type { FilePlan } from './export-plan.ts'
import type { CheckedExportQuery } from './export-query.ts'
import type { ExportTally } from './export-report.ts'
import { headerOf } from './header.ts'
import { textsBesideOf } from './texts-beside.ts'

type JsonLinesQuery = Extract<CheckedExportQuery, { format: 'jsonl' }>

/** One JSON object a line, in UTF-8; empty cells are null. Raw cells are values, formatted ones texts. */
export async function* writeJsonLines(
  lines: AsyncIterable<readonly string[]>,
  plan: FilePlan,
  query: JsonLinesQuery,
  tally: ExportTally,
): AsyncGenerator<Uint8Array> {
  const { columns } = plan
  const names = distinct(headerOf(plan, query.header) ?? [])
  const cells = columns.map((column, place) => ({
    lead: `${place === 0 ? '{' : ','}${JSON.stringify(names[place])}:`,
    json: cellJson(column, plan),
  }))
  const besideOf = textsBesideOf(plan)
  for await (const batch of lines) {
    let out = ''
    for (const line of batch) {
      const fields = line.split('\t')
      const beside = besideOf(fields)
      for (const [place, { lead, json }] of cells.entries()) {
        const field = fields[place] ?? emptyField
        const text = beside?.get(place)
        out += lead
        if (text !== undefined) out += JSON.stringify(text)
        else out += field === emptyField ? 'null' : json(field)
      }
      out += '}\n'
    }
    tally.rows += batch.length
    yield Buffer.from(out)
  }
}

function cellJson(column: QueryColumn, plan: FilePlan): CellText {
  if (plan.query.values === 'formatted') {
    const text = cellTextOf(column, plan)
    return (field) => JSON.stringify(text(fieldText(field)))
  }
  // Short numbers of the database are numbers of JSON already; in long ones a reader would miss digits.
  if (column.type.storage === 'numeric') return (field) => (field.length <= 16 ? field : String(Number(field)))
  const value = cellValueOf(column)
  return (field) => JSON.stringify(value(fieldText(field)))
}

/** Two members of an object cannot share a name: a second “Name” is “Name 2”. */
function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let free = name
    for (let n = 2; taken.has(free); n += 1) free = `${name} ${n}`
    taken.add(free)
    return free
  })
}
