import type { ExportQuery, OrgOps } from '@opslayer/core'
import type { Client } from 'pg'
import copyStreams from 'pg-copy-streams'
import type { Bench } from '../harness.ts'
import { createTwins, openBenchOps } from '../store/bench-table.ts'
import { leadKeys } from '../store/data-set.ts'
import { inBoundedProcess } from './bounded-process.ts'

const filter = { column: 'segment', op: 'is', value: 'half' }

const exports: Readonly<Record<string, { readonly query: ExportQuery; readonly runs: number }>> = {
  'export csv': { query: { format: 'csv' }, runs: 5 },
  'export csv, utf-16': { query: { format: 'csv', encoding: 'utf-16le' }, runs: 3 },
  'export csv, half of the rows, sorted': { query: { format: 'csv', filter, sort: [{ column: 'score' }] }, runs: 3 },
  'export csv, formatted': { query: { format: 'csv', values: 'formatted' }, runs: 3 },
  'export jsonl': { query: { format: 'jsonl' }, runs: 3 },
  'export xlsx': { query: { format: 'xlsx' }, runs: 1 },
}

/** Files of the whole table against `COPY … TO STDOUT` of its hand-made twin, both read to the end and thrown away. */
export async function measureExports(bench: Bench, client: Client, url: string, rows: number): Promise<void> {
  await using opened = await openBenchOps(url)
  const { acme } = opened
  const { tableId, ideal } = await createTwins(client, acme, rows)
  const limit = () => copyOut(client, `copy ${ideal} (${leadKeys.join(', ')}) to stdout`)
  for (const [name, { query, runs }] of Object.entries(exports)) {
    const ours = () => exportOnce(acme, tableId, query)
    await bench.compare(name, { ours, limit }, { runs, warmUp: 1, itemsPerCall: rows })
  }
  for (const format of ['csv', 'xlsx'] as const) {
    bench.record(`heap while exporting ${format}`, 'MB', [
      await inBoundedProcess('export-heap.ts', url, tableId, format),
    ])
  }
}

async function exportOnce(acme: OrgOps, tableId: string, query: ExportQuery): Promise<void> {
  const { body } = await acme.exports.stream(tableId, query)
  for await (const chunk of body) chunk.at(0)
}

async function copyOut(client: Client, statement: string): Promise<void> {
  for await (const chunk of client.query(copyStreams.to(statement))) chunk.at(0)
}
