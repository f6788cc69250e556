import type { FilePlan } from './export-plan.ts'
import type { ExportTally } from './export-report.ts'
import { writeDelimited } from './write-delimited.ts'
import { writeJsonLines } from './write-json-lines.ts'
import { writeWorkbook } from './write-workbook.ts'

const contentTypes = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  jsonl: 'application/x-ndjson; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** For a header of HTTP. */
export function contentTypeOf({ query }: FilePlan): string {
  const type = contentTypes[query.format]
  return 'encoding' in query ? `${type}; charset=${query.encoding}` : type
}

/** The file's bytes, as the plan's query wants them. */
export function writeFile(
  lines: AsyncIterable<readonly string[]>,
  plan: FilePlan,
  tally: ExportTally,
): AsyncGenerator<Uint8Array> {
  const { query } = plan
  switch (query.format) {
    case 'csv':
    case 'tsv':
      return writeDelimited(lines, plan, query, tally)
    case 'jsonl':
      return writeJsonLines(lines, plan, query, tally)
    case 'xlsx':
      return writeWorkbook(lines, plan, query, tally)
    default:
      return query satisfies never
  }
}
