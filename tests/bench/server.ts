/**
 * `pnpm bench:server [--rows=500000] [--seconds=60] [--only=HTTP|load|streams] [--check]`: the router over HTTP, served
 * by a process of its own from PostgreSQL, against the same SQL without opslayer and HTTP.
 */
import { Pool } from 'pg'
import { startServer } from '../databases/start-server.ts'
import { withClient } from '../databases/with-client.ts'
import { nextJson, startChild } from '../flows/testing/child.ts'
import { createBench } from './harness.ts'
import type { BenchServer } from './server/bench-server.ts'
import { measureLoad } from './server/measure-load.ts'
import { measureStreams } from './server/measure-streams.ts'
import { measureWindow } from './server/measure-window.ts'
import { createTwins, openBenchOps } from './store/bench-table.ts'

const argument = (name: string): string | undefined =>
  process.argv.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3)
const rows = Number(argument('rows') ?? 500_000)
const seconds = Number(argument('seconds') ?? 60)
const only = argument('only')

const parts = { HTTP: measureWindow, load: measureLoad, streams: measureStreams }
const bench = createBench('server')
{
  await using database = await startServer({ version: 18, durable: true })
  const pool = new Pool({ connectionString: database.url, max: 10 })
  pool.on('error', () => undefined)
  const table = await withClient(database.url, async (client) => {
    await using opened = await openBenchOps(database.url)
    return await createTwins(client, opened.acme, rows)
  })
  await using child = startChild('serve.ts', database.url)
  const { url } = (await nextJson(child)) as { readonly url: string }
  const server: BenchServer = {
    bench,
    url,
    databaseUrl: database.url,
    pid: child.process.pid ?? 0,
    pool,
    table,
    rows,
    seconds,
  }
  for (const [name, measure] of Object.entries(parts))
    if (only === undefined || only.includes(name)) await measure(server)
  await pool.end()
}
bench.finish()
