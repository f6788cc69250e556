import { everyItem } from '../catalog/every-item.ts'
import { inboxesToWorkOn } from '../catalog/system.repository.ts'
import { toOpsError } from '../db/database-errors.ts'
import { outsideTransaction } from '../db/nesting.ts'
import type { OpenDatabase } from '../db/open-database.ts'
import { consumeInbox, type InboxSite } from './consume-inbox.ts'

/** What deals with deliveries in this process. */
export interface InboxRunner {
  /** Deals with what came for a connection, as soon as there is room. */
  wake(orgId: string, connectionId: string): void
  /** Wakes for all that nobody deals with in a database. */
  look(database: OpenDatabase, signal: AbortSignal): Promise<void>
  /** Lets the deliveries under way end. Nothing is begun any more. */
  stop(): Promise<void>
}

/** Connections whose deliveries are dealt with at once. */
const inboxesAtOnce = 2

export function createInboxRunner(site: InboxSite): InboxRunner {
  const stopping = new AbortController()
  const { signal } = stopping
  const waiting = new Map<string, { readonly orgId: string; readonly id: string }>()
  const active = new Map<string, Promise<void>>()
  const timers = new Map<string, NodeJS.Timeout>()

  function begin(): void {
    for (const [key, target] of waiting) {
      if (active.size >= inboxesAtOnce || signal.aborted) return
      // Something came while its inbox is dealt with: it is looked at again afterwards.
      if (active.has(key)) continue
      waiting.delete(key)
      const work = outsideTransaction(() => consumeInbox(site, target, signal))
        .then((againMs) => {
          if (againMs !== undefined) wakeLater(key, target, againMs)
        })
        // Who looks for deliveries finds what is left.
        .catch((thrown) => tell(target, thrown))
        .finally(() => {
          active.delete(key)
          begin()
        })
      active.set(key, work)
    }
  }

  function tell({ orgId, id }: { readonly orgId: string; readonly id: string }, thrown: unknown): void {
    const { code, message } = toOpsError(thrown)
    // The database is away, as others tell, the connection is gone, or the process ends.
    if (signal.aborted || code === 'DATABASE_UNAVAILABLE' || code === 'NOT_FOUND') return
    const told = { orgId, connection: id, code, reason: message }
    site.env.logger.error('Webhooks of a connection could not be dealt with.', told)
  }

  function wake(orgId: string, id: string): void {
    waiting.set(`${orgId} ${id}`, { orgId, id })
    begin()
  }

  function wakeLater(key: string, { orgId, id }: { readonly orgId: string; readonly id: string }, ms: number): void {
    if (signal.aborted) return
    clearTimeout(timers.get(key))
    const timer = setTimeout(() => {
      timers.delete(key)
      wake(orgId, id)
    }, ms + 10)
    timers.set(key, timer.unref())
  }

  return {
    wake,
    look: async (database, given) => {
      const isAlone = database.kind === 'embedded'
      const inboxes = everyItem({ orgId: '', id: '' }, (page) =>
        inboxesToWorkOn(database, page, isAlone, { signal: given }),
      )
      for await (const { orgId, id } of inboxes) wake(orgId, id)
    },
    stop: async () => {
      stopping.abort()
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.all(active.values())
    },
  }
}
