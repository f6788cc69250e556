import { basename, extname } from 'node:path'
import type { AnyColumnType, CellError, OrgOps, RowInput, Table } from '@opslayer/core'
import { type DetectedColumn, detectColumns } from './detect-columns.ts'
import { InputFault } from './input-fault.ts'
import { readCsv } from './read-csv.ts'
import { count, type Report } from './report.ts'
import { sniffCsv } from './sniff-csv.ts'

/** Records that types are detected from. */
const sampleSize = 1_000

/** How many kinds of faults are printed. */
const faultsShown = 6

/** Makes a table from a CSV file: looks at its first records, makes the columns, then streams all records in. */
export async function importFile(
  acme: OrgOps,
  types: readonly AnyColumnType[],
  path: string,
  report: Report,
  signal: AbortSignal,
): Promise<Table> {
  const { delimiter } = await sniffCsv(path)
  const columns = await report.step('Columns', 'detectColumnType(values)', async () => {
    const [header = [], ...records] = await firstRecords(path, delimiter)
    return detectColumns(header, records)
  })
  printColumns(columns, types, report)

  const name = basename(path, extname(path)).slice(0, 200)
  const table = await report.step('New table', `acme.tables.create({ name: '${name}', columns })`, () =>
    acme.tables.create({ name, columns: columns.map(({ input }) => input) }, { signal }),
  )
  report.line(`Table ${table.id} with ${table.columns.length} columns`)
  try {
    await loadRecords(acme, table, path, delimiter, report, signal)
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

function printColumns(columns: readonly DetectedColumn[], types: readonly AnyColumnType[], report: Report): void {
  const labels = new Map(types.map(({ id, label }) => [id, label]))
  report.table(
    [{ title: 'Column' }, { title: 'Type' }, { title: 'Fits', align: 'right' }, { title: 'First value' }],
    columns.map(({ input, fits, example }) => [
      input.name,
      labels.get(input.type) ?? input.type,
      fits === null ? 'all empty' : `${(fits * 100).toFixed(1)} %`,
      example,
    ]),
  )
}

async function loadRecords(
  acme: OrgOps,
  table: Table,
  path: string,
  delimiter: string,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const keys = table.columns.map(({ key }) => key)
  const faults = new Map<string, { readonly error: CellError; cells: number }>()
  const onErrors = (errors: readonly CellError[]): void => {
    for (const error of errors) {
      const kind = `${error.column} ${error.message}`
      const known = faults.get(kind)
      if (known !== undefined) known.cells += 1
      else if (faults.size < 10_000) faults.set(kind, { error, cells: 1 })
    }
  }
  const started = performance.now()
  const loaded = await report.step(
    'Import',
    "acme.rows.load(table.id, rows, { onInvalid: 'keep', onErrors, signal })",
    () =>
      acme.rows.load(table.id, rowsOf(readCsv(path, delimiter), keys, path), { onInvalid: 'keep', onErrors, signal }),
  )
  const perSecond = loaded.rows / ((performance.now() - started) / 1000)
  report.line(`${count(loaded.rows)} rows, ${count(Math.round(perSecond))} rows/s`)
  if (loaded.errors === 0) return
  report.line(`${count(loaded.errors)} cells did not fit; their text is kept beside the row as a warning:`)
  const names = new Map(table.columns.map(({ key, name }) => [key, name]))
  const worst = [...faults.values()].sort((a, b) => b.cells - a.cells)
  report.table(
    [{ title: 'Column' }, { title: 'Cells', align: 'right' }, { title: 'Why' }],
    worst
      .slice(0, faultsShown)
      .map(({ error, cells }) => [names.get(error.column) ?? error.column, count(cells), error.message]),
  )
  if (worst.length > faultsShown) report.note(`… and ${count(worst.length - faultsShown)} more reasons`)
}

/** Records as rows to be made: cells by column key. Empty cells need not be named. */
async function* rowsOf(
  records: AsyncIterable<string[]>,
  keys: readonly string[],
  path: string,
): AsyncGenerator<RowInput> {
  let number = 0
  for await (const record of records) {
    number += 1
    if (number === 1) continue
    if (record.slice(keys.length).some((cell) => cell !== '')) {
      throw new InputFault(`${path}: record ${number} has ${record.length} cells, but the header names ${keys.length}.`)
    }
    yield { cells: Object.fromEntries(keys.flatMap((key, place) => (record[place] ? [[key, record[place]]] : []))) }
  }
}
