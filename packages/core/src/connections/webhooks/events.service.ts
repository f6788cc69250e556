import * as z from 'zod'
import { limits } from '../../catalog/limits.ts'
import { checkInput } from '../../errors/check-input.ts'
import { say } from '../../sentences/say.ts'
import type { OrgSession } from '../../store/org-session.ts'
import type { ListOptions, Page } from '../../store/tables.service.ts'
import type { Json } from '../../values/json.ts'
import { checkedConnectionId } from '../connection-id.ts'
import { findConnection } from '../connections.repository.ts'
import { listEvents } from './events.repository.ts'

/** Something that happened at a vendor, as its webhook told it. */
export interface VendorEvent {
  readonly id: string
  readonly webhook: string
  /** In the plugin's words: `replied`. */
  readonly type: string
  readonly data: Json
  /** By the vendor's clock, if it says so. */
  readonly at: string | null
  readonly receivedAt: string
}

const listSchema = z.object({
  cursor: z
    .string()
    .regex(/^evt_[a-z0-9]{17,40}$/, say('The cursor is not one that this list gave.'))
    .optional(),
  limit: z.int().min(1).max(limits.itemsPerPage).default(100),
})

/** What a connection's webhooks told in the last 30 days, the newest first. @throws OpsError `NOT_FOUND` */
export async function pageOfEvents(
  session: OrgSession,
  connectionId: string,
  query: ListOptions = {},
): Promise<Page<VendorEvent>> {
  const id = checkedConnectionId(connectionId)
  const { cursor, limit } = checkInput(listSchema, { cursor: query.cursor, limit: query.limit })
  return await session.read(query, async ({ tx }) => {
    await findConnection(tx.db, session.orgId, id)
    const found = await listEvents(tx.db, session.orgId, id, { before: cursor, limit: limit + 1 })
    const items = found
      .slice(0, limit)
      .map(({ id: eventId, webhook, type, data, at, received_at: receivedAt }): VendorEvent => {
        return { id: eventId, webhook, type, data, at, receivedAt }
      })
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null }
  })
}
