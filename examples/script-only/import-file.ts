import { basename, extname } from 'node:path'
import type { Table } from '@opslayer/core'
import type { DemoRun } from './demo-run.ts'
import { type DetectedColumn, detectColumns } from './detect-columns.ts'
import { loadRecords } from './load-records.ts'
import { readCsv } from './read-csv.ts'
import { code, count } from './report.ts'
import { sniffCsv } from './sniff-csv.ts'

/** Records that types are detected from. */
const sampleSize = 1_000

/** A CSV file and what its first records say. */
export interface InspectedFile {
  readonly path: string
  readonly delimiter: string
  readonly columns: readonly DetectedColumn[]
}

/** @throws InputFault if no table can be made from the file */
export async function inspectFile({ texts, report }: DemoRun, path: string): Promise<InspectedFile> {
  const { delimiter } = await sniffCsv(path)
  const columns = await report.step('Columns', 'detectColumnType(cells, context)', async () => {
    const [header = [], ...records] = await firstRecords(path, delimiter)
    return detectColumns(header, records, texts.context)
  })
  report.table(
    [{ title: 'Column' }, { title: 'Type' }, { title: 'Fits', align: 'right' }, { title: 'First value' }],
    columns.map(({ input, share, example }) => [
      input.name,
      texts.typeLabel(input.type),
      share === null ? 'empty' : `${(share * 100).toFixed(1)} %`,
      example,
    ]),
  )
  return { path, delimiter, columns }
}

/** Makes a table with the columns found and streams all records in. */
export async function importFile(run: DemoRun, { path, delimiter, columns }: InspectedFile): Promise<Table> {
  const { acme, report, signal } = run
  const name = basename(path, extname(path))
  const table = await report.step('Table', `acme.tables.create({ name: ${code(name)}, columns })`, () =>
    acme.tables.create({ name, columns: columns.map(({ input }) => input) }, { signal }),
  )
  report.line(`${table.id}, columns: ${count(table.columns.length)}`)
  try {
    await loadRecords(run, table, path, delimiter)
  } catch (error) {
    // A file that turns out to be broken half-way leaves no half a table.
    await acme.tables.delete(table.id)
    throw error
  }
  return table
}

async function firstRecords(path: string, delimiter: string): Promise<string[][]> {
  const records: string[][] = []
  for await (const record of readCsv(path, delimiter)) {
    records.push(record)
    if (records.length > sampleSize) break
  }
  return records
}
