import * as z from 'zod'
import { everyItem } from '../catalog/every-item.ts'
import { endTaskWaits } from '../catalog/task-runs.repository.ts'
import { callPlugin } from '../connections/call-plugin.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import { findPart } from '../connections/find-part.ts'
import { plainText } from '../connections/name-schema.ts'
import { partInWords, whereCalled } from '../connections/part-in-words.ts'
import { dropOldEvents, insertEvents } from '../connections/webhooks/events.repository.ts'
import { type DeliveryOutcome, noteDelivery, type WaitingDelivery } from '../connections/webhooks/inbox.repository.ts'
import type { FeedRecord } from '../db/tables/feeds.db.ts'
import { isOpsError, OpsError } from '../errors/ops-error.ts'
import type { AnyPlugin } from '../plugin/plugin.ts'
import type { WebhookEvent } from '../plugin/webhook-part.ts'
import { startOperation } from '../store/operation-log.ts'
import type { OrgSession, TableWork } from '../store/org-session.ts'
import { ensurePart, PartMissing } from '../store/table-parts.ts'
import { addNamedOptions } from './add-options.ts'
import { listFeeds } from './feeds.repository.ts'
import { rowsOfRecords } from './record-rows.ts'
import type { SourceProblem } from './source-input.ts'
import { writeRecords } from './write-records.ts'

/** What deliveries are applied with. */
export interface DeliveryTools {
  readonly env: ConnectionEnv
  readonly session: OrgSession
  readonly signal: AbortSignal
}

const json = z.json()

const eventsSchema = z
  .array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('records'), source: z.string().max(60), records: z.array(z.unknown()).max(5_000) }),
      z.object({ kind: z.literal('task'), column: z.string().max(60), ref: z.string().min(1).max(500) }),
      z.object({
        kind: z.literal('event'),
        type: z.string().min(1).max(100),
        data: json,
        key: z.string().min(1).max(500).optional(),
        at: z.date().optional(),
      }),
    ]),
  )
  .max(5_000)

/** A plugin's `parse` must not wait. */
const parseMs = 2_000
/** How long events are kept; each delivery takes a few old ones away. */
const keptMs = 30 * 86_400_000
const droppedAtOnce = 20

/**
 * Does what a delivery says: records become rows of the feeds that listen, tasks are asked about, events are kept. Done
 * twice, it is done once.
 *
 * @throws OpsError `PLUGIN_FAILED` if its plugin cannot read it
 */
export async function applyDelivery(
  tools: DeliveryTools,
  { plugin, connectionId }: { readonly plugin: AnyPlugin; readonly connectionId: string },
  delivery: WaitingDelivery,
): Promise<void> {
  const events = await parsed(plugin, delivery)
  const faults: string[] = []
  for (const event of events) {
    if (event.kind === 'task') await wakeTask(tools.session, event.ref)
    if (event.kind === 'records') faults.push(...(await applyRecords(tools, plugin, connectionId, event)))
  }
  const { session } = tools
  await session.write({}, async ({ tx }) => {
    const kept = events.flatMap((event, place) => {
      if (event.kind !== 'event') return []
      const { type, data, key = `${delivery.id} ${place}`, at } = event
      const moment = at === undefined || Number.isNaN(at.getTime()) ? null : at.toISOString()
      return {
        org_id: session.orgId,
        connection_id: connectionId,
        webhook: delivery.webhook,
        type,
        key,
        data: JSON.stringify(data),
        at: moment,
      }
    })
    await dropOldEvents(tx.db, session.orgId, keptMs, droppedAtOnce)
    await insertEvents(tx.db, kept)
    const outcome: DeliveryOutcome = {
      state: 'handled',
      error: faults.length === 0 ? null : plainText(faults.join(' '), 1_000),
      attempts: delivery.attempts + 1,
    }
    await noteDelivery(tx.db, session.orgId, delivery.id, outcome)
  })
}

async function parsed(plugin: AnyPlugin, delivery: WaitingDelivery): Promise<readonly WebhookEvent[]> {
  const webhook = findPart(plugin, 'webhooks', delivery.webhook)
  const where = whereCalled(plugin.id, partInWords.webhook(webhook.id))
  const request = {
    method: delivery.method,
    url: delivery.url,
    headers: new Headers(delivery.headers),
    body: new Uint8Array(Buffer.from(delivery.body, 'base64')),
  }
  const events = await callPlugin({ where, signal: AbortSignal.timeout(parseMs), secrets: [] }, async () =>
    webhook.parse(request),
  )
  const checked = eventsSchema.safeParse(events)
  if (checked.success) return checked.data as readonly WebhookEvent[]
  const [issue] = checked.error.issues
  const place = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `
  throw new OpsError('PLUGIN_FAILED', `${where} gave no events: ${place}${issue?.message ?? 'not valid'}.`)
}

/** Runs that wait for the task ask the vendor at once. One that has not noted it yet asks in its own time. */
async function wakeTask(session: OrgSession, ref: string): Promise<void> {
  const runs = await session.write({}, ({ tx }) => endTaskWaits(tx.db, session.orgId, ref))
  for (const id of runs) session.wakeRun(id)
}

/** @returns what did not fit */
async function applyRecords(
  { env, session, signal }: DeliveryTools,
  plugin: AnyPlugin,
  connectionId: string,
  { source, records }: Extract<WebhookEvent, { readonly kind: 'records' }>,
): Promise<string[]> {
  const part = findPart(plugin, 'sources', source)
  const wanted = { connectionId, listeningTo: { plugin: plugin.id, part: source } }
  const feeds = everyItem({ id: '' }, ({ after, limit }) =>
    session.read({ signal }, ({ tx }) => listFeeds(tx.db, session.orgId, wanted, { after: after.id, limit })),
  )
  const faults: string[] = []
  for await (const feed of feeds) {
    const rows = await rowsOfRecords({ plugin, part, source: feed.id }, records, feed.columns, signal)
    const log = startOperation(session.actor, { cause: [{ type: 'feed', id: feed.id }] })
    await addNamedOptions(session, feed.table_id, rows, feed.columns, log, signal)
    const problems = await onFeedTable(session, feed, async (work) => {
      const written = await writeRecords(work, rows, feed.columns, [], log)
      return written.problems
    })
    faults.push(...problems.map((problem) => told(problem, feed.name)))
    env.logger.debug('Records came by webhook.', { feed: feed.id, records: records.length })
  }
  return faults
}

/** Once more with a part of the table that was missing. */
async function onFeedTable<T>(
  session: OrgSession,
  feed: FeedRecord,
  work: (work: TableWork) => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await session.writeTable(feed.table_id, {}, work)
    } catch (error) {
      if (!isOpsError(error) || !(error.cause instanceof PartMissing)) throw error
      await ensurePart(session, feed.table_id, error.cause.part)
    }
  }
}

function told({ field, message, count }: SourceProblem, feed: string): string {
  return `${feed}: ${count === 1 ? 'one record' : `${count} records`}, ${field}: ${message}.`
}
