import { percentile } from '../statistics.ts'
import type { BenchServer } from './bench-server.ts'
import { httpClient } from './http-client.ts'
import type { LoadOutcome } from './load-crowd.ts'
import { memoryPeaks } from './memory-peaks.ts'
import { recordSql } from './recorded-sql.ts'
import { startCrowd } from './start-crowd.ts'

/** Ours and the limit in turns, so that a machine that slows down slows both. */
const turns = 6

/** 50 people scroll and 10 edit, through HTTP, and then as the same SQL at the same pace without tRPC and HTTP. */
export async function measureLoad({ bench, url, databaseUrl, pid, table, rows, seconds }: BenchServer): Promise<void> {
  const shown = { tableId: table.tableId, firstId: table.firstId, rows, scrolling: 50, editing: 10, seed: 1 }
  const recorded = await recordSql(databaseUrl, shown)
  const ours = startCrowd({ ...shown, lane: 0, way: { kind: 'http', url } })
  const bare = startCrowd({ ...shown, lane: 1, way: { kind: 'bare', databaseUrl, ...recorded } })
  await ours.work(5_000)
  await bare.work(3_000)
  const outcomes: LoadOutcome[] = []
  const limits: LoadOutcome[] = []
  const { peaks } = await memoryPeaks(pid, async () => {
    for (let turn = 0; turn < turns; turn += 1) {
      outcomes.push(await ours.work((seconds * 1_000) / turns))
      limits.push(await bare.work((seconds * 500) / turns))
    }
  })
  await ours.stop()
  await bare.stop()
  for (const kind of ['reads', 'writes'] as const) {
    const name = `${kind === 'reads' ? 'windows' : 'edits'} under load`
    const [samples, limit] = [outcomes, limits].map((each) => each.flatMap((outcome) => outcome[kind]))
    bench.record(name, 'ms', samples ?? [], limit ?? [])
    bench.record(`p95 of ${name}`, 'ms', [percentile(samples ?? [], 0.95)], [percentile(limit ?? [], 0.95)])
  }
  bench.record('errors under load', 'count', [outcomes.reduce((sum, { errors }) => sum + errors, 0)])
  bench.record('lost edits under load', 'count', [await countLost(url, table.tableId, outcomes)])
  bench.record('peak memory under load, second half over first', 'MB', [peaks.second], [peaks.first])
}

async function countLost(url: string, tableId: string, outcomes: readonly LoadOutcome[]): Promise<number> {
  const edited = new Map(outcomes.flatMap((outcome) => outcome.edited))
  const ids = [...edited.keys()]
  const http = httpClient(url, 'reader')
  let kept = 0
  for (let at = 0; at < ids.length; at += 1_000) {
    const rowIds = ids.slice(at, at + 1_000)
    const found = (await http.query('rows.getMany', { tableId, rowIds })) as FoundRow[]
    kept += found.filter(({ id, cells }) => cells.visits === edited.get(id)).length
  }
  http.close()
  return ids.length - kept
}

interface FoundRow {
  readonly id: string
  readonly cells: { readonly visits: number }
}
