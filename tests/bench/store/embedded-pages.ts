import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { embedded } from '@opslayer/core'
import type { Bench } from '../harness.ts'
import { asInputs, createLeads, openBenchOps } from './bench-table.ts'
import { leads } from './data-set.ts'
import { longestPause } from './longest-pause.ts'

/** The database that needs no server: how long pages take, and how long they hold up the main thread. */
export async function measureEmbedded(bench: Bench, rows: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'opslayer-bench-'))
  try {
    await using opened = await openBenchOps(embedded(directory))
    const { acme } = opened
    const tableId = await createLeads(acme, 'Leads')
    const start = performance.now()
    await acme.rows.load(tableId, asInputs(leads(rows)))
    bench.record('embedded: insert', 'rows/s', [(rows * 1000) / (performance.now() - start)])

    const filter = { column: 'segment', op: 'is', value: 'some' }
    await bench.measure('embedded: first page', () => acme.rows.page(tableId, { limit: 100 }))
    await bench.measure('embedded: filtered page', () => acme.rows.page(tableId, { filter, limit: 100 }))
    const pauses: number[] = []
    for (let round = 0; round < 20; round += 1) {
      pauses.push(await longestPause(() => acme.rows.page(tableId, { limit: 1000 })))
      pauses.push(await longestPause(() => acme.rows.page(tableId, { filter, limit: 1000 })))
    }
    bench.record('embedded: longest pause of the main thread', 'ms', pauses)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
