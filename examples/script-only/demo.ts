import { basename, extname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createOps, embedded, isOpsError } from '@opslayer/core'
import { cellTexts } from './cell-text.ts'
import { editAndUndo } from './edit-and-undo.ts'
import { exportCsv } from './export-csv.ts'
import { importFile } from './import-file.ts'
import { InputFault } from './input-fault.ts'
import { planQueries } from './plan-queries.ts'
import { openReport, type Report } from './report.ts'
import { showTable } from './show-table.ts'

// Imports a CSV file into a table, reads it in several ways, edits it, takes the edit back, and exports it again.
//
//   pnpm demo [file.csv]                         into an embedded database, ./.opslayer
//   DATABASE_URL=postgres://… pnpm demo          into a server

const sample = fileURLToPath(new URL('contacts.csv', import.meta.url))
const directory = resolve('.opslayer')

async function demo(path: string, report: Report, signal: AbortSignal): Promise<void> {
  const url = process.env.DATABASE_URL
  await using ops = createOps({ database: url || embedded(directory) })
  await ops.migrate()
  const acme = ops.forOrg({ orgId: 'demo', actor: { type: 'user', id: 'newcomer' } })

  report.line(`${here(path)} → ${url ? 'the server in DATABASE_URL' : `an embedded database in ${here(directory)}`}`)
  const table = await importFile(acme, ops.columnTypes, path, report, signal)
  const plan = await planQueries(acme, table)
  const texts = cellTexts(ops.columnTypes)
  await showTable(acme, ops.columnTypes, texts, table, plan, report, signal)
  await editAndUndo(acme, table, plan, report, signal)
  const exported = resolve('.demo', `${basename(path, extname(path))}-export.csv`)
  await exportCsv(acme, table, texts, exported, report, signal)

  const { items } = await acme.tables.list()
  report.line()
  report.table(
    [{ title: 'Where everything lies' }, { title: '' }],
    [
      ['database', url ? 'DATABASE_URL' : here(directory)],
      ['export', here(exported)],
      ['tables', String(items.length)],
    ],
  )
}

/** The path as the person sees it. */
function here(path: string): string {
  const short = relative(process.cwd(), path)
  return short.startsWith('..') ? path : join('.', short)
}

const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
// `demo | head` closes the pipe early, which is no fault.
process.stdout.on('error', () => process.exit(0))

try {
  const [path = sample, ...more] = process.argv.slice(2)
  if (more.length > 0) throw new InputFault('Name one CSV file: pnpm demo contacts.csv')
  await demo(resolve(process.env.INIT_CWD ?? '.', path), openReport(process.stdout), stop.signal)
} catch (error) {
  process.exitCode = 1
  if (stop.signal.aborted) console.error('Stopped.')
  else if (error instanceof InputFault || isOpsError(error)) console.error(error.message)
  else throw error
}
