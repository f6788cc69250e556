import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PgClient, PgPool } from './pool.ts'

/**
 * Tells the other processes of a database in which orgs this one has written, so that whoever follows a change log looks
 * at once. Nothing is promised: what gets lost is found by looking.
 */
export interface Announcements {
  /** After a commit; returns at once. Told at once, and then at most once in {@link pauseMs}. */
  tell(orgId: string): void
  /** Calls back when another process has written in the org. @returns how to stop */
  hear(orgId: string, listener: () => void): () => void
  close(): Promise<void>
}

/** One process, or nobody to tell. */
export const noAnnouncements: Announcements = { tell: () => {}, hear: () => () => {}, close: async () => {} }

/** Longest time that a write waits to be told of while others were told of just before, in milliseconds. */
const pauseMs = 50

/** After a connection was lost, until the next one is tried, in milliseconds. */
const retryMs = 1_000

/** Listening takes a connection for as long as somebody follows; smaller pools have none to spare. */
const smallestPool = 5

/**
 * By NOTIFY from a connection of the pool, never inside of a write's own transaction: transactions that notify commit one
 * after the other, in the whole server.
 */
export function announcementsBy(pool: PgPool, channel: string): Announcements {
  const own = randomUUID()
  const listeners = new Map<string, Set<() => void>>()
  const untold = new Set<string>()
  let telling: Promise<void> | undefined
  let listening: Promise<void> | undefined
  let release: (() => void) | undefined
  const closed = new AbortController()
  const isClosed = (): boolean => closed.signal.aborted
  const pause = (ms: number): Promise<void> =>
    sleep(ms, undefined, { signal: closed.signal, ref: false }).catch(() => {}) // Closed: that ends all loops.

  async function tellAll(): Promise<void> {
    while (untold.size > 0 && !isClosed()) {
      const payloads = [...untold].map((orgId) => `${own} ${orgId}`)
      untold.clear()
      await notify(pool, channel, payloads).catch(() => {}) // Whoever follows finds it by looking.
      await pause(pauseMs)
    }
    telling = undefined
  }

  async function listen(): Promise<void> {
    while (listeners.size > 0 && !isClosed()) {
      await listenUntilLost().catch(() => {}) // Tried again; until then whoever follows finds it by looking.
      if (listeners.size > 0 && !isClosed()) await pause(retryMs)
    }
    listening = undefined
  }

  async function listenUntilLost(): Promise<void> {
    const client = await pool.connect()
    const over = Promise.withResolvers<void>()
    release = over.resolve
    try {
      client.on?.('error', () => over.resolve())
      client.on?.('notification', hearOne)
      await client.query({ text: `listen "${channel.replaceAll('"', '""')}"` })
      // Following alone does not keep a process alive.
      client.unref?.()
      if (listeners.size > 0 && !isClosed()) await over.promise
    } finally {
      release = undefined
      client.release(true)
    }
  }

  function hearOne({ channel: on, payload = '' }: { readonly channel: string; readonly payload?: string | undefined }) {
    const [from, orgId = ''] = payload.split(' ', 2)
    if (on !== channel || from === own) return
    for (const listener of listeners.get(orgId) ?? []) listener()
  }

  return {
    tell: (orgId) => {
      untold.add(orgId)
      telling ??= tellAll()
    },
    hear: (orgId, listener) => {
      const heard = listeners.get(orgId) ?? new Set()
      listeners.set(orgId, heard.add(listener))
      if (canListen(pool)) listening ??= listen()
      return () => {
        heard.delete(listener)
        if (heard.size === 0 && listeners.get(orgId) === heard) listeners.delete(orgId)
        if (listeners.size === 0) release?.()
      }
    },
    close: async () => {
      closed.abort()
      release?.()
      await Promise.all([telling, listening])
    },
  }
}

function canListen({ options }: PgPool): boolean {
  return (options?.max ?? smallestPool) >= smallestPool
}

async function notify(pool: PgPool, channel: string, payloads: readonly string[]): Promise<void> {
  const client: PgClient = await pool.connect()
  let usable = false
  try {
    // Nobody waits for the disk: a lost announcement is none.
    await client.query({
      text: `select set_config('synchronous_commit', 'off', true), pg_notify($1, told) from unnest($2::text[]) as told`,
      values: [channel, [...payloads]],
    })
    usable = true
  } finally {
    client.release(!usable)
  }
}
