import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createOps, isOpsError } from '@opslayer/core'
import { expect, it } from 'vitest'
import { seededRandom } from '../bench/seeded-random.ts'
import { startServer } from '../databases/start-server.ts'
import { paidPlugin, startPaidVendor } from './testing/paid-vendor.ts'

/** 5 for the full figure: `pnpm fuzz server-kills`. */
const crashes = Number(process.env.OPSLAYER_FUZZ ?? 1)
const cells = crashes > 1 ? 10_000 : 400
const seed = Number(process.env.OPSLAYER_FUZZ_SEED ?? Date.now() % 1_000_000_000)

/** Cells of the largest window: what one crash may have asked again. */
const window = 500

/** Tries until the database is back. */
async function persistent<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isOpsError(error) || !error.retryable) throw error
      await sleep(50)
    }
  }
}

// Servers that others gave are not killed.
it.skipIf(process.env.DATABASE_URL !== undefined)(
  `a column run goes on through crashes of PostgreSQL: nothing that was acknowledged is lost, no worker ends (${cells} cells, ${crashes} crashes, OPSLAYER_FUZZ_SEED=${seed})`,
  { timeout: 600_000 },
  async () => {
    const random = seededRandom(seed)
    await using vendor = await startPaidVendor()
    await using server = await startServer({ version: 18, durable: true })
    const encryptionKeys = [{ id: 'k1', key: randomBytes(32).toString('base64') }]
    const open = () =>
      createOps({
        database: server.url,
        plugins: [paidPlugin(vendor.url)],
        encryptionKeys,
        allowedOrigins: [new URL(vendor.url).origin],
        leaseMs: 1_000,
      })
    await using ops = open()
    await using another = open()
    await ops.migrate()
    const acme = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    const { id: connectionId } = await acme.connections.connect({ plugin: 'paid', credentials: { key: 'good' } })
    const fill = { plugin: 'paid', part: 'many', connectionId, inputs: { word: { column: 'word' } } }
    const columns = [
      { name: 'Word', type: 'text' },
      { name: 'Upper', fill },
    ]
    const { id: tableId } = await acme.tables.create({ name: 'Words', columns })
    await acme.rows.load(
      tableId,
      Array.from({ length: cells }, (_, n) => ({ cells: { word: `word${n}` } })),
    )
    const stored = async (): Promise<ReadonlySet<string>> => {
      const words = new Set<string>()
      for await (const page of acme.rows.pages(tableId, { filter: { column: 'upper', state: 'done' }, limit: 1_000 }))
        for (const row of page) words.add(String(row.cells.word))
      return words
    }
    vendor.faults.add({ kind: 'latency', ms: 20, times: Number.POSITIVE_INFINITY })
    for (const each of [ops, another]) each.startWorker({ everyMs: 50 })
    const { id } = await acme.cells.run(tableId, 'upper')
    const paidFor = new Map<string, number>()
    for (let crash = 0; crash < crashes; crash += 1) {
      await sleep(random.below(400))
      const acknowledged = await stored()
      for (const word of acknowledged) paidFor.set(word, vendor.state.asked.get(word) ?? 0)
      await server.crash()
      const left = await persistent(stored)
      expect([...acknowledged].filter((word) => !left.has(word))).toEqual([])
    }
    const run = await persistent(() => acme.runs.wait(id))
    expect(run).toMatchObject({ state: 'done', progress: { done: cells, counts: { done: cells } } })
    expect((await stored()).size).toBe(cells)
    for (const [word, times] of paidFor) expect(vendor.state.asked.get(word), word).toBe(times)
    expect(vendor.bill.total - cells).toBeLessThanOrEqual(crashes * window)
    expect(await acme.budgets.spend()).toMatchObject({ items: [{ spent: cells, reserved: 0 }] })
    // Both workers still work.
    const again = await Promise.all([ops, another].map((each) => each.databaseFacts()))
    expect(again).toHaveLength(2)
  },
)
