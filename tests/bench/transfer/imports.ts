import { once } from 'node:events'
import { chmodSync, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImportRequest, OrgOps, Run } from '@opslayer/core'
import type { Client } from 'pg'
import type { Bench } from '../harness.ts'
import { openBenchOps } from '../store/bench-table.ts'
import { type Lead, leadColumns, leadKeys, leads } from '../store/data-set.ts'
import { createIdealTable, idealSchema } from '../store/ideal-table.ts'
import { inBoundedProcess } from './bounded-process.ts'

/**
 * A CSV file through detection, mapping, validation and the run, against PostgreSQL's own COPY of a clean file that lies
 * on its disk; then the same file over itself.
 */
export async function measureImports(bench: Bench, client: Client, url: string, rows: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'opslayer-bench-'))
  chmodSync(directory, 0o755)
  try {
    const csv = join(directory, 'leads.csv')
    const clean = join(directory, 'leads.copy')
    await writeFile(csv, csvLines(rows))
    await writeFile(clean, copyLines(rows))
    bench.record('file to import', 'MB', [statSync(csv).size / 1024 / 1024])
    await using opened = await openBenchOps(url)
    const { acme } = opened
    const limits: number[] = []
    const creates: number[] = []
    const upserts: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      limits.push(rows / (await secondsOf(() => copyClean(client, clean))))
      let tableId = ''
      creates.push(
        rows /
          (await secondsOf(async () => {
            const { plan } = await acme.imports.propose(csv, { target: { kind: 'new', name: 'Leads' } })
            tableId = (await finished(acme, csv, plan)).tableId ?? ''
          })),
      )
      await client.query('vacuum analyze')
      upserts.push(
        rows /
          (await secondsOf(async () => {
            const { plan } = await acme.imports.propose(csv, { target: { kind: 'existing', tableId } })
            await finished(acme, csv, { ...plan, mode: 'upsert', match: ['email'] })
          })),
      )
      await acme.tables.delete(tableId)
      await acme.purge({ before: new Date(Date.now() + 60_000) })
    }
    await client.query(`drop schema ${idealSchema} cascade`)
    bench.record('import into a new table', 'rows/s', creates, limits)
    bench.record('import over itself', 'rows/s', upserts, limits)
    await writeFile(csv, csvLines(rows * largeTimes))
    bench.record('large file to import', 'MB', [statSync(csv).size / 1024 / 1024])
    bench.record('heap while importing the large file', 'MB', [await inBoundedProcess('import-heap.ts', url, csv)])
  } finally {
    rmSync(directory, { recursive: true })
  }
}

async function finished(acme: OrgOps, path: string, request: ImportRequest): Promise<Run> {
  const run = await acme.runs.wait((await acme.imports.start(path, request)).id)
  if (run.state !== 'done') throw new Error(`The import ended ${run.state}: ${run.error?.message}`)
  return run
}

async function copyClean(client: Client, path: string): Promise<void> {
  await client.query(`drop schema if exists ${idealSchema} cascade`)
  await createIdealTable(client, 'leads')
  await client.query(`copy ${idealSchema}.leads from '${path}'`)
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1_000
}

async function writeFile(path: string, lines: Iterable<string>): Promise<void> {
  const file = createWriteStream(path, { mode: 0o644 })
  for (const line of lines) if (!file.write(line)) await once(file, 'drain')
  file.end()
  await once(file, 'close')
}

/** Times that everything is measured. */
const rounds = 3

/** How much larger the file is that is imported for the sake of memory: 500 MB. */
const largeTimes = 4

/** Rows of which each has an address of its own, to be found by. */
function* addressed(count: number): Generator<Lead> {
  let place = 0
  for (const row of leads(count)) {
    place += 1
    yield { ...row, email: row.email ?? `lead${place}@example.com` }
  }
}

function* csvLines(count: number): Generator<string> {
  yield `${leadColumns.map(({ name }) => name).join(',')}\n`
  for (const row of addressed(count)) yield `${leadKeys.map((key) => csvCell(row[key] ?? null)).join(',')}\n`
}

function csvCell(value: Lead[string]): string {
  if (value === null || value === undefined) return ''
  return Array.isArray(value) ? `"${value.join(', ')}"` : String(value)
}

function* copyLines(count: number): Generator<string> {
  let place = 0
  for (const row of addressed(count)) {
    place += 1
    yield `${place}\t${leadKeys.map((key) => copyCell(row[key] ?? null)).join('\t')}\n`
  }
}

function copyCell(value: Lead[string]): string {
  if (value === null || value === undefined) return '\\N'
  return Array.isArray(value) ? `{${value.join(',')}}` : String(value)
}
