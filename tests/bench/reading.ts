/**
 * `pnpm bench:reading [--rows=500000] [--only=text] [--check]`: files as records and as checked cells, against counting the
 * lines of the same file.
 */
import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { columnTypesWith } from '../../packages/core/src/catalog/column-types.ts'
import { inspectSource } from '../../packages/core/src/transfer/read/inspect-source.ts'
import { openSource } from '../../packages/core/src/transfer/read/open-source.ts'
import { readRecords } from '../../packages/core/src/transfer/read/read-records.ts'
import { confirmPlan } from '../../packages/core/src/transfer/understand/confirm-plan.ts'
import { proposePlan } from '../../packages/core/src/transfer/understand/propose-plan.ts'
import { resolvePlan } from '../../packages/core/src/transfer/understand/resolve-plan.ts'
import { createBench } from './harness.ts'
import { type LeadFile, leadWorkbook, writeLeadFile } from './reading/lead-files.ts'

const asked = process.argv.find((arg) => arg.startsWith('--rows='))?.slice('--rows='.length)
const rows = Number(asked ?? 500_000)
const context = { locale: 'en-US', timeZone: 'Europe/Berlin', now: new Date('2026-05-01T12:00:00Z') }

const bench = createBench('reading')
const directory = mkdtempSync(join(tmpdir(), 'opslayer-bench-'))
try {
  const options = { runs: 3, warmUp: 1, itemsPerCall: rows }
  for (const kind of ['plain.csv', 'quoted.csv', 'accents.csv', 'lines.jsonl'] as const satisfies LeadFile[]) {
    const path = join(directory, kind)
    await writeLeadFile(path, kind, rows)
    bench.record(`size of ${kind}`, 'MB', [statSync(path).size / 1e6])
    const limit = () => (kind === 'lines.jsonl' ? parseLines(path) : countLines(path))
    await bench.compare(`read ${kind}`, { ours: () => read(path), limit }, options)
    if (kind !== 'plain.csv') continue
    await bench.compare('propose and confirm plain.csv', { ours: () => confirm(path), limit }, options)
    bench.record('heap while confirming', 'MB', [await heapWhile(() => confirm(path))])
  }
  const sheetRows = Math.ceil(rows / 10)
  const path = join(directory, 'leads.xlsx')
  await writeFile(path, leadWorkbook(sheetRows))
  await bench.measure('read leads.xlsx', () => read(path), { ...options, itemsPerCall: sheetRows })
} finally {
  rmSync(directory, { recursive: true })
}
bench.finish()

async function read(path: string): Promise<void> {
  await using source = await openSource(path)
  const { format, columns } = await inspectSource(source)
  const names = columns.map(({ header }) => header)
  let found = 0
  for await (const { records } of readRecords(source, format, { columns: names })) found += records.length
  if (found < rows / 10) throw new Error(`${path} has only ${found} records.`)
}

async function confirm(path: string): Promise<void> {
  await using source = await openSource(path)
  const { plan } = proposePlan(await inspectSource(source), { kind: 'new', name: 'Leads' }, context)
  const columns = resolvePlan(plan, columnTypesWith([]), null)
  const { records, rejected } = await confirmPlan(source, plan.format, columns, context, {
    columns: plan.sourceColumns,
  })
  if (records !== rows || rejected > 0) throw new Error(`${path}: ${rejected} of ${records} records were rejected.`)
}

/** What no reader can beat by much: the bytes are fetched, and each line is found. */
async function countLines(path: string): Promise<number> {
  let lines = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 512 * 1024 }) as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1
  }
  return lines
}

async function parseLines(path: string): Promise<number> {
  let values = 0
  for await (const line of createInterface({ input: createReadStream(path) })) if (JSON.parse(line)) values += 1
  return values
}

async function heapWhile(work: () => Promise<void>): Promise<number> {
  let most = 0
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().heapUsed)
  }, 5)
  await work()
  clearInterval(timer)
  return most / 1e6
}
