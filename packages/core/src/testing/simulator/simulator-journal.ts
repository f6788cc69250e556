import type { FaultKind } from './simulator-faults.ts'

/** A request that came, and what became of it. */
export interface JournalEntry {
  /** By the vendor's clock, in milliseconds with fractions. */
  readonly at: number
  readonly method: string
  readonly path: string
  /** The route that it met: `GET /tasks/:id`; null if none. */
  readonly route: string | null
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Null where the connection was cut. */
  readonly status: number | null
  /** The limit that refused it. */
  readonly refusedBy: string | null
  readonly faults: readonly FaultKind[]
  /** Whether the handler ran: whatever the caller learned, the vendor has acted. */
  readonly handled: boolean
  /** Requests under way as it came, itself included. */
  readonly inFlight: number
}

/** All requests, in the order in which they came. */
export interface SimulatorJournal {
  readonly entries: readonly JournalEntry[]
  /** Entries that have all that is given: `{ route: 'GET /verify', status: 429 }`. */
  find(like: Partial<JournalEntry>): readonly JournalEntry[]
  clear(): void
}

export function createJournal(): SimulatorJournal & { note(entry: JournalEntry): void } {
  const entries: JournalEntry[] = []
  return {
    entries,
    find: (like) =>
      entries.filter((entry) =>
        Object.entries(like).every(([name, value]) => entry[name as keyof JournalEntry] === value),
      ),
    clear: () => void entries.splice(0),
    // Handlers end in another order than requests come.
    note: (entry) => {
      const place = entries.findLastIndex(({ at }) => at <= entry.at)
      entries.splice(place + 1, 0, entry)
    },
  }
}
