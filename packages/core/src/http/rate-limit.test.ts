import { describe, expect, it } from 'vitest'
import { makeDatabase } from '../../../../tests/databases/make-database.ts'
import { testDatabases } from '../../../../tests/databases/test-databases.ts'
import { withClient } from '../../../../tests/databases/with-client.ts'
import { mostInASecond, ratePerSecond, runLimitTrial } from './testing/limit-trial.ts'
import { openOutgoingWorld } from './testing/outgoing-world.ts'
import { startVendor } from './testing/vendor.ts'

/** What a vendor bears on a busy machine, where a call may be late on its way: one more than it says. */
const borne = (limit: number): number => limit + 1

/** Processes start slowly on a busy machine. */
const timeout = 120_000

/** One server tells for all: its statements are tried on each by what is shared in one process. */
const server = testDatabases.find((name) => name !== 'embedded')

describe.runIf(server !== undefined)('limits of four processes', () => {
  const openWorld = () => openOutgoingWorld((template) => makeDatabase(server ?? 'pg18', template))

  it.concurrent('are kept together, and used', { timeout }, async () => {
    await using vendor = await startVendor()
    vendor.limits.set('rate', borne(10))
    await using world = await openWorld()
    if (world.target.kind !== 'server') throw new Error('Processes share a server.')
    const limit = { max: 10, perMs: 1_000 }
    const seen = await runLimitTrial({ database: world.target.url, vendor, processes: 4, limit, ms: 8_000 })
    expect(mostInASecond(seen)).toBeLessThanOrEqual(11)
    expect(ratePerSecond(seen)).toBeGreaterThan(4)
    expect(seen.filter(({ status }) => status === 429).length).toBe(0)
  })

  it.concurrent('are lowered together when the vendor lowers its own', { timeout }, async () => {
    await using vendor = await startVendor()
    vendor.limits.set('rate', borne(10))
    await using world = await openWorld()
    if (world.target.kind !== 'server') throw new Error('Processes share a server.')
    const midway = () => vendor.limits.set('rate', borne(5))
    const limit = { max: 10, perMs: 1_000 }
    const seen = await runLimitTrial({ database: world.target.url, vendor, processes: 4, limit, ms: 10_000, midway })
    expect(seen.filter(({ status }) => status === 429).length).toBeLessThanOrEqual(4)
    expect(mostInASecond(seen.slice(-12))).toBeLessThanOrEqual(6)
    const { rows } = await withClient(world.target.url, (client) =>
      client.query('select factor, epoch from opslayer.http_limits'),
    )
    expect(rows).toEqual([{ factor: 0.5, epoch: 1 }])
  })
})
