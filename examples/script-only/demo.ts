import { basename, extname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createOps, embedded, isOpsError } from '@opslayer/core'
import { columnTexts } from './column-texts.ts'
import { editAndUndo } from './edit-and-undo.ts'
import { exportCsv } from './export-csv.ts'
import { importFile, inspectFile } from './import-file.ts'
import { InputFault } from './input-fault.ts'
import { planQueries } from './plan-queries.ts'
import { openReport } from './report.ts'
import { showTable } from './show-table.ts'
import { type Places, shown, tellPlaces } from './tell-places.ts'

// Imports a CSV file into a table, reads it in several ways, edits it, takes the edit back, and exports it.
//
//   pnpm demo:script [file.csv]                    in an embedded database
//   DATABASE_URL=postgres://… pnpm demo:script     on a server
//   pnpm demo:script --reset                       takes away what all runs made

const orgId = 'demo'
const sample = fileURLToPath(new URL('contacts.csv', import.meta.url))

async function demo(path: string, signal: AbortSignal): Promise<void> {
  const places: Places = {
    ...databasePlaces(),
    exported: resolve('.demo', `${basename(path, extname(path))}-export.csv`),
  }
  // Nothing is connected to before the first call.
  await using ops = createOps({ database: places.server ?? embedded(places.directory) })
  const acme = ops.forOrg({ orgId, actor: { type: 'user', id: 'newcomer' } })

  const report = openReport(process.stdout)
  const run = { acme, texts: columnTexts(ops.columnTypes), report, signal }
  const where = places.server === undefined ? `an embedded database in ${shown(places.directory)}` : 'DATABASE_URL'
  report.line(`${shown(path)} goes into ${where}`)
  await report.step('Database', 'ops.migrate()', () => ops.migrate())
  const file = await inspectFile(run, path)
  const table = await importFile(run, file)
  const plan = await planQueries(acme, table)
  await showTable(run, table, plan)
  await editAndUndo(run, table, plan)
  await exportCsv(run, table, places.exported)
  await tellPlaces(run, table, places)
}

/** Takes away what all runs made in the database. */
async function reset(): Promise<void> {
  const { server, directory } = databasePlaces()
  await using ops = createOps({ database: server ?? embedded(directory) })
  await ops.migrate()
  const { erased } = await ops.eraseOrg(orgId)
  console.log(erased ? 'The org of the demo and its tables are gone.' : 'There was nothing to take away.')
}

function databasePlaces(): Pick<Places, 'server' | 'directory'> {
  return { server: process.env.DATABASE_URL || undefined, directory: resolve('.opslayer') }
}

function fileToImport(args: readonly string[]): string {
  const [given, ...more] = args
  if (more.length > 0 || given?.startsWith('-'))
    throw new InputFault('Name one CSV file at most, or --reset: npx -y pnpm@12.21.0 demo:script contacts.csv')
  // pnpm runs scripts in the workspace's root and says here where it was called.
  return given === undefined ? sample : resolve(process.env.INIT_CWD ?? '.', given)
}

/** What is wrong with a file, a database or a disk. Anything else is a fault of the code and shows its stack. */
function isExpected(error: unknown): error is Error {
  if (isOpsError(error)) return error.code !== 'INTERNAL'
  return error instanceof InputFault || (error instanceof Error && 'syscall' in error)
}

const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
// `pnpm demo:script | head` closes the pipe early, which is no fault.
process.stdout.on('error', () => process.exit(0))

try {
  const args = process.argv.slice(2)
  if (args[0] === '--reset') await reset()
  else await demo(fileToImport(args), stop.signal)
} catch (error) {
  if (stop.signal.aborted) {
    console.error('\nStopped; nothing was left half-done.')
    process.exitCode = 130
  } else if (isExpected(error)) {
    console.error(error.message)
    process.exitCode = 1
  } else throw error
}
