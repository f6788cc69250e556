import type { Json } from '@opslayer/core/values'
import type { InTable, Mutation, Paged, PageOf, Query, Starting } from './calls.ts'
import type { Cost } from './cells-calls.ts'
import type { OpsRun } from './runs-calls.ts'
import type { FillSource } from './tables-calls.ts'
import type { Filter } from './views-calls.ts'

/** An action, and the rows that it is for. */
export interface ActionRequest {
  readonly plugin: string
  readonly part: string
  readonly connectionId?: string | null | undefined
  readonly settings: Record<string, Json>
  readonly inputs: Record<string, FillSource>
  readonly rows?: string[] | undefined
  readonly filter?: Filter | undefined
  /** Which column takes what comes back, by key of the output. */
  readonly output: Record<string, string>
  /** What may be spent at most. */
  readonly maxCost?: number | undefined
}

export interface ActionEstimate {
  /** Rows that the vendor is called for. */
  readonly rows: number
  /** Rows that are left out. */
  readonly skipped: number
  readonly calls: number
  readonly cost: Cost | null
}

/** What an action did for one row. */
export interface ActionEntry {
  readonly rowId: string
  readonly state: 'calling' | 'done' | 'failed' | 'skipped'
  readonly code: string | null
  readonly message: string | null
  readonly output: Json
  readonly cost: number | null
  readonly at: string
}

export interface ActionsCalls {
  readonly estimate: Mutation<InTable & { readonly request: ActionRequest }, ActionEstimate>
  readonly start: Mutation<InTable & Starting & { readonly request: ActionRequest }, OpsRun>
  readonly retry: Mutation<Starting & { readonly runId: string; readonly unknown?: boolean | undefined }, OpsRun>
  readonly log: Query<
    Paged & { readonly runId: string; readonly states?: ActionEntry['state'][] | undefined },
    PageOf<ActionEntry>
  >
}
