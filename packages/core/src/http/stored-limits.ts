import { randomUUID } from 'node:crypto'
import { outsideTransaction } from '../db/nesting.ts'
import type { OpenDatabase } from '../db/open-database.ts'
import type { LimitStore } from './limit-store.ts'
import { noteRefusal, shareInFlight } from './limits.repository.ts'
import { leaseSlots } from './slot-lease.ts'

/** A refusal for longer than this is about a quota, and says nothing of the rate. */
const rateWaitMs = 60_000

/** Limits in the orgs' databases, shared by all processes. */
export function storedLimits(databaseOf: (orgId: string) => Promise<OpenDatabase>): LimitStore {
  const process = randomUUID()
  return {
    lease: (orgId, groups, count) =>
      outsideTransaction(async () => await leaseSlots(await databaseOf(orgId), groups, count, {})),
    share: (orgId, holder, rule, ask) =>
      outsideTransaction(
        async () => await shareInFlight(await databaseOf(orgId), holder, rule, { ...ask, process }, {}),
      ),
    refused: (orgId, slot, waitMs) =>
      outsideTransaction(async () => {
        const database = await databaseOf(orgId)
        for (const { holder, slots } of slot.origin) {
          await noteRefusal(database, holder, slots, { waitMs, slower: waitMs <= rateWaitMs }, {})
        }
      }),
  }
}
