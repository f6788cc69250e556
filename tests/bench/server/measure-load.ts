import { percentile } from '../statistics.ts'
import { type BenchServer, bareWindow, randomOffset, randomRow, randomVisits, windowRows } from './bench-server.ts'
import { type HttpClient, httpClient } from './http-client.ts'
import { memoryPeaks } from './memory-peaks.ts'
import { type LoadClient, type LoadOutcome, underLoad } from './under-load.ts'

const scrolling = 50
const editing = 10

/** Ours and the limit in turns, so that a machine that slows down slows both. */
const turns = 6

/** 50 people scroll and 10 edit, through HTTP, and then as the same SQL without opslayer and HTTP. */
export async function measureLoad(server: BenchServer): Promise<void> {
  const { bench, url, pid, pool, table, seconds } = server
  const random = bench.random.next
  const clients = Array.from({ length: scrolling + editing }, (_, place) => httpClient(url, `u${place}`))
  const edited = new Map<string, number>()

  function scrollOrEdit(http: HttpClient, place: number): LoadClient {
    const { tableId } = table
    const scroll = () => http.query('rows.window', { tableId, offset: randomOffset(server), limit: windowRows })
    if (place < scrolling) return { kind: 'reads', work: scroll }
    return {
      kind: 'writes',
      work: async () => {
        // Each editor has rows of its own, so that the last value of each is known.
        const row = randomRow(server)
        const id = String(row - (row % editing) + (place - scrolling))
        const visits = randomVisits(server)
        await http.mutate('rows.update', { tableId, updates: [{ id, cells: { visits } }] })
        edited.set(id, visits)
      },
    }
  }
  const bareEdit = () =>
    pool.query(`update ${table.ideal} set visits = $1 where id = $2`, [randomVisits(server), randomRow(server)])
  const through = clients.map(scrollOrEdit)
  const bare = through.map(
    ({ kind }): LoadClient => ({ kind, work: kind === 'reads' ? () => bareWindow(server) : bareEdit }),
  )

  await underLoad(through, 5_000, random)
  await underLoad(bare, 2_000, random)
  const outcome = { reads: [] as number[], writes: [] as number[], errors: 0 }
  const limits = { reads: [] as number[], writes: [] as number[], errors: 0 }
  const inTurns = async (): Promise<void> => {
    for (let turn = 0; turn < turns; turn += 1) {
      add(outcome, await underLoad(through, (seconds * 1_000) / turns, random))
      add(limits, await underLoad(bare, (seconds * 500) / turns, random))
    }
  }
  const { peaks } = await memoryPeaks(pid, inTurns)
  for (const kind of ['reads', 'writes'] as const) {
    const name = `${kind === 'reads' ? 'windows' : 'edits'} under load`
    bench.record(name, 'ms', outcome[kind], limits[kind])
    bench.record(`p95 of ${name}`, 'ms', [percentile(outcome[kind], 0.95)], [percentile(limits[kind], 0.95)])
  }
  bench.record('errors under load', 'count', [outcome.errors])
  bench.record('lost edits under load', 'count', [await countLost(clients, table.tableId, edited)])
  bench.record('peak memory under load, second half over first', 'MB', [peaks.second], [peaks.first])
  for (const client of clients) client.close()
}

function add(to: { reads: number[]; writes: number[]; errors: number }, part: LoadOutcome): void {
  to.reads.push(...part.reads)
  to.writes.push(...part.writes)
  to.errors += part.errors
}

async function countLost(
  [reader]: readonly HttpClient[],
  tableId: string,
  edited: ReadonlyMap<string, number>,
): Promise<number> {
  const ids = [...edited.keys()]
  let kept = 0
  for (let at = 0; at < ids.length; at += 1_000) {
    const rowIds = ids.slice(at, at + 1_000)
    const found = (await reader?.query('rows.getMany', { tableId, rowIds })) as {
      id: string
      cells: { visits: number }
    }[]
    kept += found.filter(({ id, cells }) => cells.visits === edited.get(id)).length
  }
  return ids.length - kept
}
