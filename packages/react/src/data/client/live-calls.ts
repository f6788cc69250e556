import type { ActorName, Subscription } from './calls.ts'
import type { ChangeKind } from './history-calls.ts'
import type { OpsRun } from './runs-calls.ts'

/** What a client learns of one change. */
export interface LiveChange {
  readonly kind: ChangeKind
  readonly tableId: string
  readonly operation: string
  readonly actor: ActorName
  /** Null for too many to tell. */
  readonly rows: readonly string[] | null
  readonly columns: readonly string[] | null
}

/** What a stream of changes tells; see the server's `LiveEvent`. */
export type LiveEvent =
  | { readonly type: 'ready' | 'resync' }
  | { readonly type: 'changes'; readonly changes: readonly LiveChange[] }

export interface LiveCalls {
  readonly changes: Subscription<{ readonly tableIds?: string[] | undefined }, { readonly data: LiveEvent }>
  readonly run: Subscription<{ readonly runId: string }, OpsRun>
}
