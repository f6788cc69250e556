import type { CellError, RowInput, Table } from '@opslayer/core'
import type { DemoRun } from './demo-run.ts'
import { InputFault } from './input-fault.ts'
import { readCsv } from './read-csv.ts'
import { count } from './report.ts'

/** Faults of one kind: the same column for the same reason. */
interface Fault {
  readonly error: CellError
  cells: number
}

const faultsShown = 6
/** Kinds of faults that are told apart, so that a hostile file cannot fill the memory. */
const faultsKept = 1_000

/** Streams the records of a file into a table. What does not fit is reported and kept as a warning beside its cell. */
export async function loadRecords(run: DemoRun, table: Table, path: string, delimiter: string): Promise<void> {
  const { acme, report, signal } = run
  const faults = new Map<string, Fault>()
  const onErrors = (errors: readonly CellError[]): void => {
    for (const error of errors) addFault(faults, error)
  }
  const onProgress = ({ rows }: { readonly rows: number }): void => report.progress(`${count(rows)} rows …`)
  const rows = rowsOf(table, path, delimiter)
  const started = performance.now()
  const loaded = await report.step(
    'Import',
    "acme.rows.load(table.id, rows, { onInvalid: 'keep', onErrors, onProgress })",
    () => acme.rows.load(table.id, rows, { onInvalid: 'keep', onErrors, onProgress, signal }),
  )
  const perSecond = loaded.rows / ((performance.now() - started) / 1000)
  report.line(`${count(loaded.rows)} rows, ${count(Math.round(perSecond))} rows/s`)
  if (loaded.errors > 0) printFaults(run, table, loaded.errors, [...faults.values()])
}

/** Records as rows to be made: cells by column key. Empty cells need not be named. */
async function* rowsOf({ columns }: Table, path: string, delimiter: string): AsyncGenerator<RowInput> {
  let number = 0
  for await (const record of readCsv(path, delimiter)) {
    number += 1
    if (number === 1) continue
    if (record.slice(columns.length).some((cell) => cell !== '')) {
      throw new InputFault(`${path}: record ${number} has ${record.length} cells, its header ${columns.length}.`)
    }
    const cells = columns.flatMap(({ key }, place) => (record[place] ? [[key, record[place]]] : []))
    yield { cells: Object.fromEntries(cells) }
  }
}

function addFault(faults: Map<string, Fault>, error: CellError): void {
  const kind = `${error.column} ${error.message}`
  const known = faults.get(kind)
  if (known !== undefined) known.cells += 1
  else if (faults.size < faultsKept) faults.set(kind, { error, cells: 1 })
}

function printFaults({ report }: DemoRun, table: Table, cells: number, faults: readonly Fault[]): void {
  const names = new Map(table.columns.map(({ key, name }) => [key, name]))
  const sorted = [...faults].sort((a, b) => b.cells - a.cells)
  report.line(`${count(cells)} cells did not fit; they are empty, and their text is kept as a warning:`)
  report.table(
    [{ title: 'Column' }, { title: 'Cells', align: 'right' }, { title: 'Why' }],
    sorted.slice(0, faultsShown).map((fault) => {
      const { column, message } = fault.error
      return [names.get(column) ?? column, count(fault.cells), message]
    }),
  )
  if (sorted.length > faultsShown) report.note(`… and ${count(sorted.length - faultsShown)} more reasons`)
}
