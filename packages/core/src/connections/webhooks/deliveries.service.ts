import * as z from 'zod'
import { limits } from '../../catalog/limits.ts'
import type { CallOptions } from '../../db/transaction.ts'
import { checkInput } from '../../errors/check-input.ts'
import { OpsError } from '../../errors/ops-error.ts'
import { say } from '../../sentences/say.ts'
import type { OrgSession } from '../../store/org-session.ts'
import type { ListOptions, Page } from '../../store/tables.service.ts'
import { checkedConnectionId } from '../connection-id.ts'
import { findConnection } from '../connections.repository.ts'
import { listDeliveries, storeAgain } from './deliveries.repository.ts'

/** What came by a webhook, without its content. */
export interface Delivery {
  readonly id: string
  readonly webhook: string
  /** `stored`: verified, and waits to be dealt with. */
  readonly state: 'stored' | 'handled' | 'failed'
  /** Why it failed, or what of it did not fit, for people. */
  readonly error: string | null
  /** How often it was tried to deal with it. */
  readonly attempts: number
  readonly bytes: number
  readonly receivedAt: string
}

const deliveryIdPattern = /^dlv_[a-z0-9]{17,40}$/

const listSchema = z.object({
  cursor: z.string().regex(deliveryIdPattern, say('The cursor is not one that this list gave.')).optional(),
  limit: z.int().min(1).max(limits.itemsPerPage).default(100),
})

/** What came by the webhooks of a connection, the newest first. @throws OpsError `NOT_FOUND` */
export async function pageOfDeliveries(
  session: OrgSession,
  connectionId: string,
  query: ListOptions = {},
): Promise<Page<Delivery>> {
  const id = checkedConnectionId(connectionId)
  const { cursor, limit } = checkInput(listSchema, { cursor: query.cursor, limit: query.limit })
  return await session.read(query, async ({ tx }) => {
    await findConnection(tx.db, session.orgId, id)
    const found = await listDeliveries(tx.db, session.orgId, id, { before: cursor, limit: limit + 1 })
    const items = found
      .slice(0, limit)
      .map(({ received_at: receivedAt, ...delivery }): Delivery => ({ ...delivery, receivedAt }))
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null }
  })
}

/** @throws OpsError `NOT_FOUND` */
export async function retryDelivery(
  session: OrgSession,
  connectionId: string,
  deliveryId: string,
  options: CallOptions = {},
): Promise<void> {
  const id = checkedConnectionId(connectionId)
  const isRetried = await session.write(options, async ({ tx }) => {
    await findConnection(tx.db, session.orgId, id)
    return deliveryIdPattern.test(deliveryId) && (await storeAgain(tx.db, session.orgId, id, deliveryId))
  })
  if (isRetried) return
  throw new OpsError('NOT_FOUND', `No delivery "${String(deliveryId).slice(0, 60)}" of the connection has failed.`, {
    path: ['deliveryId'],
  })
}
