/** A process of its own that edits cells until it is told to stop: `edits-beside.ts` starts it. */
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { createOps } from '@opslayer/core'
import { seededRandom } from '../seeded-random.ts'
import { orgId } from './bench-table.ts'
import type { EditorOrder, EditorReport } from './edits-beside.ts'

const [order] = (await once(process, 'message')) as [EditorOrder]
await using ops = createOps({ database: order.url })
const acme = ops.forOrg({ orgId, actor: { type: 'user', id: 'editor' } })
const random = seededRandom(99)
const latenciesMs: number[] = []
const underWay = new Set<Promise<void>>()
let stopped = false
process.once('message', () => {
  stopped = true
})

async function edit(): Promise<void> {
  const start = performance.now()
  const id = String(order.firstId + random.below(order.lastId - order.firstId))
  await acme.rows.update(order.tableId, [{ id, cells: { visits: random.below(1e6) } }])
  latenciesMs.push(performance.now() - start)
}

await edit()
process.send?.('ready')
const start = performance.now()
for (let place = 1; !stopped; place += 1) {
  const editing = edit().finally(() => underWay.delete(editing))
  underWay.add(editing)
  await delay(Math.max(0, start + (place * 1000) / order.perSecond - performance.now()))
}
await Promise.all(underWay)
const report: EditorReport = { edits: latenciesMs.length, seconds: (performance.now() - start) / 1000, latenciesMs }
process.send?.(report)
process.disconnect?.()
