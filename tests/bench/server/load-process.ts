import { setTimeout as sleep } from 'node:timers/promises'
import { seededRandom } from '../seeded-random.ts'
import { bareClient } from './bare-client.ts'
import { httpClient } from './http-client.ts'
import { deepest, type LoadCrowd, type LoadOutcome, lanes, windowRows } from './load-crowd.ts'

/** People do not scroll without a pause, nor type: each client waits about this long between two pieces of work. */
const pauses = { reads: 200, writes: 1_000 } as const

/** Does the same by either way. */
interface LoadClient {
  window(offset: number): Promise<unknown>
  edit(id: number, visits: number): Promise<unknown>
}

/**
 * A crowd in a process of its own, so that nobody waits for what others count. Told for how many milliseconds to work,
 * it answers with a {@link LoadOutcome}.
 */
const crowd: LoadCrowd = JSON.parse(process.argv[2] ?? '')
const { scrolling, editing, tableId, firstId, rows } = crowd
const random = seededRandom(crowd.seed)
const clients = clientsOf(crowd)

process.on('message', async (forMs: number) => {
  process.send?.(await underLoad(forMs))
})
process.on('disconnect', () => process.exit())

/**
 * All clients at once. Their pauses differ, by half either way: alike they would fall into step after the first hold-up,
 * and come in crowds from then on.
 */
async function underLoad(forMs: number): Promise<LoadOutcome> {
  const taken = { reads: [] as number[], writes: [] as number[] }
  const edited = new Map<string, number>()
  let errors = 0
  const until = performance.now() + forMs
  await Promise.all(
    clients.map(async (client, place) => {
      const kind = place < scrolling ? 'reads' : 'writes'
      await sleep(random.next() * pauses[kind])
      while (performance.now() < until) {
        const begun = performance.now()
        try {
          if (kind === 'reads') await client.window(random.below(deepest))
          else {
            // Each editor has rows of its own, so that the last value of each is known.
            const step = editing * lanes
            const row = firstId + step + random.below(rows - 2 * step)
            const id = row - (row % step) + crowd.lane * editing + (place - scrolling)
            const visits = random.below(1_000_000)
            await client.edit(id, visits)
            edited.set(String(id), visits)
          }
          taken[kind].push(performance.now() - begun)
        } catch (error) {
          errors += 1
          console.error(error)
        }
        await sleep((0.5 + random.next()) * pauses[kind])
      }
    }),
  )
  return { ...taken, errors, edited: [...edited] }
}

function clientsOf({ way, ...table }: LoadCrowd): readonly LoadClient[] {
  const count = scrolling + editing
  if (way.kind === 'bare') {
    const client = bareClient(way, table)
    return Array.from({ length: count }, () => client)
  }
  return Array.from({ length: count }, (_, place) => {
    const http = httpClient(way.url, `u${place}`)
    return {
      window: (offset) => http.query('rows.window', { tableId, offset, limit: windowRows }),
      edit: (id, visits) => http.mutate('rows.update', { tableId, updates: [{ id: String(id), cells: { visits } }] }),
    }
  })
}
