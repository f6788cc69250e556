import type { ActorName, Mutation, Paged, PageOf, Query, Starting } from './calls.ts'

export type RunState = 'queued' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled'

/** One durable piece of work over rows. */
export interface OpsRun {
  readonly id: string
  /** What it does: `import`, … */
  readonly kind: string
  readonly tableId: string | null
  /** What it was started with, in the kind's own shape. */
  readonly input: unknown
  readonly state: RunState
  readonly requested: 'pause' | 'cancel' | null
  readonly progress: {
    readonly done: number
    /** Null while it is not known. */
    readonly total: number | null
    readonly counts: Readonly<Record<string, number>>
    readonly rowsPerSecond: number | null
    readonly remainingMs: number | null
  }
  readonly error: { readonly code: string; readonly message: string } | null
  readonly actor: ActorName
  readonly operation: string
  readonly createdAt: string
  /** When it goes on by itself, while it waits. */
  readonly resumesAt: string | null
  readonly startedAt: string | null
  readonly endedAt: string | null
}

/** What happened to a run, beside its progress. */
export interface RunLogEntry {
  readonly at: string
  /** What it was from then on. */
  readonly state: RunState
  readonly code: string | null
  readonly message: string | null
  /** Who asked for it: `user:u1`; null for what happened by itself. */
  readonly by: string | null
  readonly requested: 'pause' | 'cancel' | null
}

export interface OneRun {
  readonly runId: string
}

export interface RunsCalls {
  readonly get: Query<OneRun, OpsRun>
  readonly list: Query<
    Paged & {
      readonly tableId?: string | undefined
      readonly kind?: string | undefined
      readonly states?: RunState[] | undefined
    },
    PageOf<OpsRun>
  >
  readonly pause: Mutation<OneRun, unknown>
  readonly resume: Mutation<OneRun, unknown>
  readonly cancel: Mutation<OneRun, unknown>
  /** Asks anew for the cells that a run over a column has left failed. */
  readonly retry: Mutation<OneRun & Starting, OpsRun>
  readonly log: Query<OneRun & Paged, PageOf<RunLogEntry>>
}
