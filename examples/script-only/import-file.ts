import { basename, extname } from 'node:path'
import type { ConfirmedImport, ImportProposal, Table } from '@opslayer/core'
import type { DemoRun } from './demo-run.ts'
import { InputFault } from './input-fault.ts'
import { code, count } from './report.ts'

const faultsShown = 6

/** A file, how it will be imported, and what all of it says of that. */
export interface InspectedFile {
  readonly path: string
  readonly proposal: ImportProposal
  readonly confirmed: ConfirmedImport
}

/** @throws InputFault if no table can be made from the file */
export async function inspectFile({ acme, texts, report, signal }: DemoRun, path: string): Promise<InspectedFile> {
  const target = { kind: 'new', name: basename(path, extname(path)) } as const
  const call = `acme.imports.propose(file, { target: ${code(target)} })\nacme.imports.confirm(file, plan)`
  const { proposal, confirmed } = await report.step('Columns', call, async () => {
    const proposal = await acme.imports.propose(path, { target }, { signal })
    return { proposal, confirmed: await acme.imports.confirm(path, proposal.plan, { signal }) }
  })
  if (confirmed.records === 0) throw new InputFault('The file has a header but no rows.')
  if (confirmed.rejected === confirmed.records)
    throw new InputFault(`No row of the file can be read. ${firstRejected(confirmed)}`)
  for (const sentence of [...proposal.evidence, ...proposal.warnings]) report.note(sentence)
  report.table(
    [{ title: 'Column' }, { title: 'Type' }, { title: 'Fits', align: 'right' }, { title: 'First value' }],
    confirmed.columns.map(({ index, name, filled, misfits }) => {
      const column = proposal.columns.find((each) => each.index === index)
      return [
        name,
        texts.typeLabel(column?.type ?? ''),
        filled === 0 ? 'empty' : `${((1 - misfits / filled) * 100).toFixed(1)} %`,
        column?.examples[0] ?? '',
      ]
    }),
  )
  return { path, proposal, confirmed }
}

/** Imports all rows into a table that the run makes. It would go on if this process were killed and started again. */
export async function importFile(run: DemoRun, { path, confirmed }: InspectedFile): Promise<Table> {
  const { acme, report, signal } = run
  const { id, tableId, operation } = await acme.imports.start(path, confirmed.request, { signal })
  try {
    const ended = await report.step('Import', 'acme.imports.start(file, plan); acme.runs.watch(id)', async () => {
      for await (const { progress } of acme.runs.watch(id, { signal }))
        report.progress(`${count(progress.done)} rows, ${count(progress.rowsPerSecond ?? 0)} rows/s …`)
      return await acme.runs.get(id)
    })
    const { progress, state, error } = ended
    if (state !== 'done') throw new InputFault(error?.message ?? `The import ended ${state}.`)
    const { created = 0, rejected = 0, warnings = 0 } = progress.counts
    report.line(`${count(created)} rows, ${count(progress.rowsPerSecond ?? 0)} rows/s`)
    if (rejected > 0) {
      report.line(`rejected: ${count(rejected)}, all of them in acme.imports.errorFile('${id}')`)
      report.note(firstRejected(confirmed))
    }
    if (warnings > 0) printFaults(run, warnings, confirmed)
  } catch (error) {
    // What was begun is taken back: table, columns and rows are one operation.
    await acme.runs.cancel(id).catch(() => undefined)
    await acme.undoOperation(operation)
    throw error
  }
  return await acme.tables.get(tableId ?? '')
}

function firstRejected({ rejectedExamples: [example] }: ConfirmedImport): string {
  return example === undefined ? '' : `Line ${example.line}: ${example.reason}`
}

function printFaults({ report }: DemoRun, warnings: number, { columns }: ConfirmedImport): void {
  const faulty = columns.filter(({ misfits }) => misfits > 0).sort((a, b) => b.misfits - a.misfits)
  report.line(`${count(warnings)} cells did not fit; they are empty, and their text is kept as a warning:`)
  report.table(
    [{ title: 'Column' }, { title: 'Cells', align: 'right' }, { title: 'For example' }],
    faulty.slice(0, faultsShown).map(({ name, misfits, examples: [example] }) => {
      return [name, count(misfits), example === undefined ? '' : `“${example.value}”: ${example.reason}`]
    }),
  )
  if (faulty.length > faultsShown) report.note(`… and ${count(faulty.length - faultsShown)} more columns`)
}
