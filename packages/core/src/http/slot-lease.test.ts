import { expect, it } from 'vitest'
import { describeOneDatabase } from '../../../../tests/databases/describe-databases.ts'
import { limitRule } from './limit-rule.ts'
import { noteRefusal } from './limits.repository.ts'
import { leaseSlots } from './slot-lease.ts'
import { openOutgoingWorld } from './testing/outgoing-world.ts'

const holder = { orgId: 'acme', holder: 'conn_1' }

describeOneDatabase('slots of a limit that the vendor has lowered', (makeDatabase) => {
  it.each([
    ['those that were given out before count at the new rate', 8, 16],
    ['come no earlier than it says', 1, 0],
  ])('%s', async (_, before, intervals) => {
    await using world = await openOutgoingWorld(makeDatabase)
    const rule = limitRule({ max: 10, perMs: 1_000 })
    if (rule.kind !== 'pace') throw new Error('A second is no day.')
    const lease = (count: number) => leaseSlots(world.database, [{ holder, rules: [rule] }], count, {})
    // Moments of slots are the database's, and known here to as much as asking for them takes.
    const since = performance.now()
    const { slots: given } = await lease(before)
    const begins = given[0]?.at ?? 0
    await noteRefusal(world.database, holder, given[0]?.origin[0]?.slots ?? [], { waitMs: 1_000, slower: true }, {})
    const { slots: later } = await lease(2)
    const tookMs = performance.now() - since
    const [first = 0, second = 0] = later.map(({ at }) => at)
    expect(first - begins).toBeGreaterThan(Math.max(1_000, intervals * rule.intervalMs - tookMs))
    expect(first - begins).toBeLessThan(Math.max(1_000, intervals * rule.intervalMs) + tookMs)
    expect(second - first).toBeCloseTo(rule.intervalMs * 2, 3)
  })
})
