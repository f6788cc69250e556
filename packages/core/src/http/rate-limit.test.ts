import { describe, expect, it } from 'vitest'
import { makeDatabase } from '../../../../tests/databases/make-database.ts'
import { testDatabases } from '../../../../tests/databases/test-databases.ts'
import { withClient } from '../../../../tests/databases/with-client.ts'
import { limitRule } from './limit-rule.ts'
import { mostMeantForASecond, punctualPart, ratePerSecond, runLimitTrial } from './testing/limit-trial.ts'
import { openOutgoingWorld } from './testing/outgoing-world.ts'
import { startVendor } from './testing/vendor.ts'
import { witnessOf } from './testing/witness.ts'

const limit = { max: 10, perMs: 1_000 }
const { lateMs } = limitRule(limit)

/** Processes start slowly on a busy machine. */
const timeout = 120_000

/** One server tells for all: its statements are tried on each by what is shared in one process. */
const server = testDatabases.find((name) => name !== 'embedded')

describe.runIf(server !== undefined)('limits of four processes', () => {
  const openWorld = () => openOutgoingWorld((template) => makeDatabase(server ?? 'pg18', template))

  it.concurrent('are kept together, and used', { timeout }, async () => {
    await using vendor = await startVendor()
    await using world = await openWorld()
    if (world.target.kind !== 'server') throw new Error('Processes share a server.')
    const seen = await runLimitTrial({ database: world.target.url, vendor, processes: 4, limit, ms: 8_000 })
    expect(mostMeantForASecond(seen, lateMs)).toBeLessThanOrEqual(10)
    expect(ratePerSecond(seen)).toBeGreaterThan(4 * punctualPart(seen))
  })

  it.concurrent('are lowered together when the vendor lowers its own', { timeout }, async () => {
    await using vendor = await startVendor()
    await using world = await openWorld()
    if (world.target.kind !== 'server') throw new Error('Processes share a server.')
    // It refuses once, however few calls a busy machine lets through, and then counts what comes; two may be late on their way.
    const midway = async () => {
      vendor.limits.set('rate', 0)
      await expect.poll(() => vendor.journal.find({ status: 429 }).length).toBeGreaterThan(0)
      vendor.limits.set('rate', 7)
    }
    const seen = await runLimitTrial({ database: world.target.url, vendor, processes: 4, limit, ms: 10_000, midway })
    const refused = seen.filter(({ status }) => status === 429).map(witnessOf)
    expect(refused.filter(({ wasRefused }) => wasRefused)).toEqual([])
    expect(mostMeantForASecond(seen.slice(-12), lateMs)).toBeLessThanOrEqual(5)
    const { rows } = await withClient(world.target.url, (client) =>
      client.query('select factor, epoch from opslayer.http_limits'),
    )
    expect(rows).toEqual([{ factor: 0.5, epoch: 1 }])
  })
})
