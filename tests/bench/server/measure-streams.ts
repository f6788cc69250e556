import { setTimeout as sleep } from 'node:timers/promises'
import { type BenchServer, randomRow, randomVisits } from './bench-server.ts'
import { readEvents } from './event-reader.ts'
import { type HttpClient, httpClient } from './http-client.ts'
import { memoryPeaks } from './memory-peaks.ts'

const streams = 500
/** Of these, one in fifty reads nothing, as a client on a dead link. */
const slowEvery = 50
const readers = streams - streams / slowEvery

/** 500 streams while 20 clients write 200 changes a second. */
export async function measureStreams(server: BenchServer): Promise<void> {
  const { bench, url, pid, seconds } = server
  const written = new Map<string, number>()
  const latencies: number[] = []
  let heard = 0
  const opened = Array.from({ length: streams }, (_, place) =>
    readEvents(url, `reader${place}`, {
      slow: place % slowEvery === 0,
      onChange: (operation, at) => {
        heard += 1
        const begun = written.get(operation)
        if (begun !== undefined) latencies.push(at - begun)
      },
    }),
  )
  await Promise.all(opened.map(({ ready }) => ready))
  const writers = Array.from({ length: 20 }, (_, place) => httpClient(url, `writer${place}`))
  await writeChanges(server, writers, 5, written)
  const forSeconds = seconds / 2
  const { outcome, peaks } = await memoryPeaks(pid, () => writeChanges(server, writers, forSeconds, written))
  await sleep(2_000)
  bench.record(`delivery of a change to ${readers} readers of streams`, 'ms', latencies)
  bench.record('changes a second told to streams', 'count', [outcome / forSeconds])
  bench.record('share of changes that streams were told', '%', [(heard / (written.size * readers)) * 100])
  bench.record('peak memory with 500 streams, second half over first', 'MB', [peaks.second], [peaks.first])
  for (const each of [...opened, ...writers]) each.close()
}

/** @returns how many changes were written */
async function writeChanges(
  server: BenchServer,
  writers: readonly HttpClient[],
  forSeconds: number,
  written: Map<string, number>,
): Promise<number> {
  const { tableId } = server.table
  const until = performance.now() + forSeconds * 1_000
  let edits = 0
  while (performance.now() < until) {
    const round = performance.now()
    const operations = writers.map(async (http) => {
      const updates = [{ id: String(randomRow(server)), cells: { visits: randomVisits(server) } }]
      const { operation } = (await http.mutate('rows.update', { tableId, updates })) as { operation: string | null }
      if (operation !== null) written.set(operation, performance.now())
    })
    await Promise.all(operations)
    edits += operations.length
    await sleep(Math.max(0, 100 - (performance.now() - round)))
  }
  return edits
}
