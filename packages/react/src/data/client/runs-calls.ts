import type { ActorName, Mutation, Paged, PageOf, Query } from './calls.ts'

export type RunState = 'queued' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled'

/** One durable piece of work over rows. */
export interface OpsRun {
  readonly id: string
  /** What it does: `import`, … */
  readonly kind: string
  readonly tableId: string | null
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
  readonly startedAt: string | null
  readonly endedAt: string | null
}

interface OneRun {
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
}
