/**
 * `pnpm bench:runs [--only=text] [--check]`: a run over 10,000 cells whose vendor answers at once, against a bare loop
 * with the same calls and one UPDATE for each of them; and how long somebody at a screen waits for a cell while another
 * org's 500,000 rows are filled.
 */

import { randomBytes } from 'node:crypto'
import { createOps, type OrgOps } from '@opslayer/core'
import pg from 'pg'
import { startServer } from '../databases/start-server.ts'
import { paidPlugin, startPaidVendor } from '../flows/testing/paid-vendor.ts'
import { createBench } from './harness.ts'

const only = process.argv.find((arg) => arg.startsWith('--only='))?.slice('--only='.length)
const bench = createBench('runs')
const cells = 10_000
const batch = 100

await using server = await startServer({ version: 18, durable: true })
await using vendor = await startPaidVendor()
await using ops = createOps({
  database: server.url,
  plugins: [paidPlugin(vendor.url)],
  encryptionKeys: [{ id: 'k1', key: randomBytes(32).toString('base64') }],
  allowedOrigins: [new URL(vendor.url).origin],
})
await ops.migrate()

async function makeWords(orgId: string, rows: number) {
  const acme = ops.forOrg({ orgId, actor: { type: 'user', id: 'u1' } })
  const { id: connectionId } = await acme.connections.connect({ plugin: 'paid', credentials: { key: 'good' } })
  const fill = { plugin: 'paid', part: 'many', connectionId, inputs: { word: { column: 'word' } } }
  const columns = [
    { name: 'Word', type: 'text' },
    { name: 'Upper', fill },
  ]
  const table = await acme.tables.create({ name: 'Words', columns })
  await acme.rows.load(
    table.id,
    Array.from({ length: rows }, (_, n) => ({ cells: { word: `word${n}` } })),
  )
  return { acme, tableId: table.id, columnId: table.columns[1]?.id ?? '' }
}

async function runAll(acme: OrgOps, tableId: string, columnId: string): Promise<void> {
  const { id } = await acme.cells.run(tableId, columnId, { which: 'all' })
  const { state } = await acme.runs.wait(id)
  if (state !== 'done') throw new Error(`The run is ${state}.`)
}

if (only === undefined || 'cells'.includes(only)) {
  const { acme, tableId, columnId } = await makeWords('acme', cells)
  const pool = new pg.Pool({ connectionString: server.url, max: 1 })
  await pool.query('create table bare (id int primary key, word text, upper text)')
  await pool.query(`insert into bare select n, 'word' || n, null from generate_series(0, ${cells - 1}) as n`)
  const bareLoop = async (): Promise<void> => {
    for (let from = 0; from < cells; from += batch) {
      const { rows } = await pool.query('select id, word from bare where id >= $1 order by id limit $2', [from, batch])
      const words = rows.map(({ word }) => word)
      const response = await fetch(`${vendor.url}/many`, {
        method: 'POST',
        headers: { 'x-key': 'good' },
        body: JSON.stringify({ words }),
      })
      const { items } = (await response.json()) as { items: readonly { upper: string }[] }
      await pool.query(
        'update bare set upper = i.upper from unnest($1::int[], $2::text[]) as i (id, upper) where bare.id = i.id',
        [rows.map(({ id }) => id), items.map(({ upper }) => upper)],
      )
    }
  }
  await bench.compare(
    '10,000 cells, 100 a call',
    { ours: () => runAll(acme, tableId, columnId), limit: bareLoop },
    { runs: 5, warmUp: 1, itemsPerCall: cells, before: () => vendor.journal.clear() },
  )
  await pool.end()
}

if (only === undefined || 'fairness'.includes(only)) {
  const big = await makeWords('bulk', 500_000)
  const small = await makeWords('acme2', 10)
  const { id } = await big.acme.cells.run(big.tableId, big.columnId)
  const [row] = (await small.acme.rows.page(small.tableId, { limit: 1 })).rows
  const waits: number[] = []
  for (let n = 0; n < 10; n += 1) {
    const since = performance.now()
    const run = await small.acme.cells.run(small.tableId, small.columnId, { rows: [row?.id ?? ''] })
    await small.acme.runs.wait(run.id)
    waits.push(performance.now() - since)
  }
  const { state, progress } = await big.acme.runs.get(id)
  if (state !== 'running' && state !== 'queued')
    throw new Error(`The big run is ${state} already, at ${progress.done}.`)
  bench.record('fairness: one cell while another org fills 500,000', 'ms', waits)
  await big.acme.runs.cancel(id)
}
bench.finish()
