import { randomText } from '../catalog/new-id.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import { findConnection } from '../connections/connections.repository.ts'
import { plainText } from '../connections/name-schema.ts'
import { partInWords, whereCalled } from '../connections/part-in-words.ts'
import {
  keepInbox,
  nextDelivery,
  noteDelivery,
  releaseInbox,
  takeInbox,
  type WaitingDelivery,
} from '../connections/webhooks/inbox.repository.ts'
import { toOpsError } from '../db/database-errors.ts'
import { OpsError } from '../errors/ops-error.ts'
import { renewRegularly } from '../runs/renew-regularly.ts'
import { say } from '../sentences/say.ts'
import type { OrgSession } from '../store/org-session.ts'
import { applyDelivery } from './apply-delivery.ts'

/** What a process that deals with deliveries is given by the composition root. */
export interface InboxSite {
  readonly env: ConnectionEnv
  /** A session in the vendors' name that never makes an org. */
  readonly sessionOf: (orgId: string) => OrgSession
  /** How long a process's claim on an inbox holds unless it is renewed, in milliseconds. */
  readonly leaseMs: number
}

/** Deliveries after which an inbox gives its place to those of other connections. */
const deliveriesAtOnce = 50

/** Pauses between the tries of a delivery, during which those behind it wait; after the last it has failed. */
const pausesMs = [100, 300, 1_000, 3_000]

/**
 * Deals with what came by the webhooks of a connection, in the order in which it came. Does nothing if another process
 * does.
 *
 * @returns in how many milliseconds the next delivery is to be tried; undefined if there is none
 */
export async function consumeInbox(
  site: InboxSite,
  { orgId, id: connectionId }: { readonly orgId: string; readonly id: string },
  stopping: AbortSignal,
): Promise<number | undefined> {
  const session = site.sessionOf(orgId)
  const { leaseMs } = site
  const claim = { orgId, connectionId, token: randomText(20) }
  const { kind } = await session.database()
  const alone = kind === 'embedded'
  if (!(await session.write({}, ({ tx }) => takeInbox(tx.db, claim, { forMs: leaseMs, alone })))) return undefined
  const isKept = (): Promise<boolean> => session.write({}, ({ tx }) => keepInbox(tx.db, claim, leaseMs))
  const lost = new AbortController()
  const signal = AbortSignal.any([stopping, lost.signal])
  const stopRenewing = renewRegularly(leaseMs, async () => {
    // Without the database nothing can be said of the claim: it runs out.
    if (!(await isKept().catch(() => true))) lost.abort()
  })
  try {
    for (let handled = 0; !signal.aborted && (await isKept()); handled += 1) {
      if (handled === deliveriesAtOnce) return 0
      const { record, delivery } = await session.read({ signal }, async ({ tx }) => ({
        record: await findConnection(tx.db, orgId, connectionId),
        delivery: await nextDelivery(tx.db, orgId, connectionId),
      }))
      if (delivery === undefined) return undefined
      if (delivery.waitMs > 0) return delivery.waitMs
      await dealWith(site, session, { pluginId: record.plugin, connectionId }, delivery, signal)
    }
    return undefined
  } finally {
    await stopRenewing()
    await session.write({}, ({ tx }) => releaseInbox(tx.db, claim))
  }
}

async function dealWith(
  { env }: InboxSite,
  session: OrgSession,
  { pluginId, connectionId }: { readonly pluginId: string; readonly connectionId: string },
  delivery: WaitingDelivery,
  signal: AbortSignal,
): Promise<void> {
  const { attempts } = delivery
  const noteFailure = async (error: OpsError, tried: number): Promise<void> => {
    const againMs = pausesMs[tried - 1]
    const told = { error: plainText(error.message, 1_000), attempts: tried }
    const outcome =
      againMs === undefined ? { ...told, state: 'failed' as const } : { ...told, state: 'stored' as const, againMs }
    await session.write({}, ({ tx }) => noteDelivery(tx.db, session.orgId, delivery.id, outcome))
    env.logger.warn('What came by a webhook could not be dealt with.', {
      connection: connectionId,
      delivery: delivery.id,
      code: error.code,
      isOver: againMs === undefined,
    })
  }
  // Of those that throw none waits with so many: processes have ended over this one.
  if (attempts > pausesMs.length) return await noteFailure(stuck(pluginId, delivery), attempts)
  try {
    await applyDelivery({ env, session, signal }, { plugin: env.plugins.get(pluginId), connectionId }, delivery)
  } catch (thrown) {
    if (signal.aborted) return
    const error = toOpsError(thrown)
    // Nothing can be noted without the database, and nothing is wrong with the delivery.
    if (error.code === 'DATABASE_UNAVAILABLE') throw error
    await noteFailure(error, attempts + 1)
  }
}

function stuck(pluginId: string, { webhook }: WaitingDelivery): OpsError {
  return new OpsError(
    'PLUGIN_STUCK',
    say(
      '{where}: the processes that called it ended or stood still, again and again. Have the plugin mended, then try the delivery again.',
      { where: whereCalled(pluginId, partInWords.webhook(webhook)) },
    ),
  )
}
