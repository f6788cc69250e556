/**
 * `pnpm bench:server [--rows=500000] [--seconds=60] [--only=text] [--check]`: the router over HTTP, served by a process of
 * its own from PostgreSQL, against the same SQL without opslayer and HTTP.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'pg'
import { startServer } from '../databases/start-server.ts'
import { withClient } from '../databases/with-client.ts'
import { nextJson, startChild } from '../flows/testing/child.ts'
import { createBench } from './harness.ts'
import { readEvents } from './server/event-reader.ts'
import { type HttpClient, httpClient } from './server/http-client.ts'
import { type LoadClient, underLoad } from './server/under-load.ts'
import { type BenchTable, createTwins, openBenchOps } from './store/bench-table.ts'

const asked = (name: string, otherwise: number): number => {
  const arg = process.argv.find((each) => each.startsWith(`--${name}=`))
  return arg === undefined ? otherwise : Number(arg.slice(name.length + 3))
}
const rows = asked('rows', 500_000)
const seconds = asked('seconds', 60)

const bench = createBench('server')

/** Rows of one window, as the grid asks for them. */
const limit = 100

async function measureWindow(http: HttpClient, pool: Pool, table: BenchTable): Promise<void> {
  const offset = (): number => bench.random.below(5_000)
  await bench.compare(
    'window through HTTP',
    {
      ours: () => http.query('rows.window', { tableId: table.tableId, offset: offset(), limit }),
      limit: () => pool.query(`select * from ${table.ideal} order by id limit ${limit} offset ${offset()}`),
    },
    { runs: 300, warmUp: 50 },
  )
}

async function measureLoad(url: string, pool: Pool, table: BenchTable, serverPid: number): Promise<void> {
  const offset = (): number => bench.random.below(5_000)
  const rowId = (): number => table.firstId + bench.random.below(rows - 1)
  const clients = Array.from({ length: 60 }, (_, place) => httpClient(url, `u${place}`))
  const edited = new Map<string, number>()
  const through: LoadClient[] = clients.map((http, place) =>
    place < 50
      ? { kind: 'reads', work: () => http.query('rows.window', { tableId: table.tableId, offset: offset(), limit }) }
      : {
          kind: 'writes',
          work: async () => {
            // Each editor has rows of its own, so that the last value of each is known.
            const id = String(rowId() - (rowId() % 10) + (place - 50))
            const visits = bench.random.below(1_000_000)
            await http.mutate('rows.update', { tableId: table.tableId, updates: [{ id, cells: { visits } }] })
            edited.set(id, visits)
          },
        },
  )
  const bare: LoadClient[] = through.map(({ kind }) => ({
    kind,
    work: () =>
      kind === 'reads'
        ? pool.query(`select * from ${table.ideal} order by id limit ${limit} offset ${offset()}`)
        : pool.query(`update ${table.ideal} set visits = $1 where id = $2`, [bench.random.below(1_000_000), rowId()]),
  }))
  await underLoad(through, 3_000)
  const before = rssOf(serverPid)
  const ours = await underLoad(through, seconds * 1_000)
  const after = rssOf(serverPid)
  const limits = await underLoad(bare, Math.min(seconds, 20) * 1_000)
  bench.record('window, 50 scrolling and 10 editing', 'ms', ours.reads, limits.reads)
  bench.record('edit, 50 scrolling and 10 editing', 'ms', ours.writes, limits.writes)
  bench.record('errors under load', 'count', [ours.errors])
  bench.record('growth of the server under load', 'MB', [(after - before) / 1e6])
  const [reader] = clients
  let lost = 0
  const ids = [...edited.keys()]
  for (let at = 0; at < ids.length; at += 1_000) {
    const found = (await reader?.query('rows.getMany', {
      tableId: table.tableId,
      rowIds: ids.slice(at, at + 1_000),
    })) as { id: string; cells: { visits: number } }[]
    lost += found.filter(({ id, cells }) => cells.visits !== edited.get(id)).length
  }
  bench.record('lost edits', 'count', [lost])
  for (const client of clients) client.close()
}

/** 500 streams, 10 of them of readers that do not read, while 200 edits a second are written by one batch each 100 ms. */
async function measureStreams(url: string, table: BenchTable, serverPid: number): Promise<void> {
  const written = new Map<string, number>()
  const latencies: number[] = []
  let heard = 0
  const readers = Array.from({ length: 500 }, (_, place) =>
    readEvents(url, `reader${place}`, {
      slow: place % 50 === 0,
      onChange: (operation, at) => {
        heard += 1
        const begun = written.get(operation)
        if (begun !== undefined) latencies.push(at - begun)
      },
    }),
  )
  await Promise.all(readers.map(({ ready }) => ready))
  const http = Array.from({ length: 20 }, (_, place) => httpClient(url, `writer${place}`))
  const before = rssOf(serverPid)
  const until = performance.now() + Math.min(seconds, 20) * 1_000
  let edits = 0
  while (performance.now() < until) {
    const round = performance.now()
    await Promise.all(
      http.map(async (client) => {
        const id = String(table.firstId + bench.random.below(rows - 1))
        const updates = [{ id, cells: { visits: bench.random.below(1_000_000) } }]
        const done = (await client.mutate('rows.update', { tableId: table.tableId, updates })) as {
          operation: string | null
        }
        if (done.operation !== null) written.set(done.operation, performance.now())
        edits += 1
      }),
    )
    await sleep(Math.max(0, 100 - (performance.now() - round)))
  }
  await sleep(2_000)
  const after = rssOf(serverPid)
  bench.record('delivery of a change to 490 readers', 'ms', latencies)
  bench.record('changes written a second', 'count', [edits / Math.min(seconds, 20)])
  bench.record('share of changes delivered', '%', [(heard / (written.size * 490)) * 100])
  bench.record('growth of the server with 500 streams', 'MB', [(after - before) / 1e6])
  for (const each of [...readers, ...http]) each.close()
}

/** Resident memory of a process, in bytes. */
function rssOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1_024
}

{
  await using server = await startServer({ version: 18, durable: true })
  const pool = new Pool({ connectionString: server.url, max: 10 })
  pool.on('error', () => undefined)
  const table = await withClient(server.url, async (client) => {
    await using opened = await openBenchOps(server.url)
    return await createTwins(client, opened.acme, rows)
  })
  await using child = startChild('serve.ts', server.url)
  const { url } = (await nextJson(child)) as { readonly url: string }
  const http = httpClient(url, 'bench')
  await measureWindow(http, pool, table)
  await measureLoad(url, pool, table, child.process.pid ?? 0)
  await measureStreams(url, table, child.process.pid ?? 0)
  http.close()
  await pool.end()
  bench.finish()
}
