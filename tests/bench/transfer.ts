/** `pnpm bench:transfer [--rows=500000] [--only=text] [--check]`: files in and out against PostgreSQL's own COPY. */
import { startServer } from '../databases/start-server.ts'
import { withClient } from '../databases/with-client.ts'
import { createBench } from './harness.ts'
import { measureExports } from './transfer/exports.ts'
import { measureImports } from './transfer/imports.ts'

const asked = process.argv.find((arg) => arg.startsWith('--rows='))?.slice('--rows='.length)
const rows = Number(asked ?? 500_000)

const only = process.argv.find((arg) => arg.startsWith('--only='))?.slice('--only='.length)
const isWanted = (part: string): boolean => only === undefined || only.includes(part)

const bench = createBench('transfer')
{
  await using server = await startServer({ version: 18, durable: true })
  if (isWanted('import')) await withClient(server.url, (client) => measureImports(bench, client, server.url, rows))
  if (isWanted('export')) await withClient(server.url, (client) => measureExports(bench, client, server.url, rows))
}
bench.finish()
