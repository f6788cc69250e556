import type { Json } from '@opslayer/core/values'
import type { Mutation, Paged, PageOf, Query } from './calls.ts'
import type { OpsRun } from './runs-calls.ts'

/** A source that is read into a table again and again. */
export interface OpsFeed {
  readonly id: string
  readonly name: string
  readonly tableId: string
  readonly plugin: string
  readonly part: string
  readonly connectionId: string | null
  readonly settings: Json
  /** What becomes of rows whose record is gone at the vendor. */
  readonly gone: 'keep' | 'delete'
  readonly incremental: boolean
  /** When the last sync began that came to its end. */
  readonly since: string | null
  /** The latest run. */
  readonly runId: string | null
  /** Columns that the source has and the feed does not take. */
  readonly columnsLeft: readonly string[]
  /** Why it cannot be read; null if it can. */
  readonly fault: string | null
}

/** A source and how it is read. */
export interface SourceChoice {
  readonly plugin: string
  readonly part: string
  readonly connectionId?: string | null | undefined
  readonly settings?: Record<string, Json> | undefined
}

export interface SourcePreview {
  readonly rows: readonly { readonly key: string; readonly cells: Readonly<Record<string, unknown>> }[]
  readonly faults: readonly { readonly message: string }[]
}

/** Why records did not become rows, or cells stayed empty. */
export interface SourceProblem {
  readonly kind: string
  readonly field: string
  readonly message: string
  readonly count: number
}

export interface OneFeed {
  readonly feedId: string
}

export interface SourcesCalls {
  readonly preview: Mutation<SourceChoice, SourcePreview>
  readonly problems: Query<{ readonly runId: string }, readonly SourceProblem[]>
  /** `tableId: null` makes a table, called `feed.tableName`. */
  readonly create: Mutation<
    {
      readonly tableId: string | null
      readonly feed: SourceChoice & {
        readonly name?: string | undefined
        readonly tableName?: string | undefined
        readonly gone?: 'keep' | 'delete' | undefined
      }
    },
    OpsFeed
  >
  readonly list: Query<Paged & { readonly tableId?: string | undefined }, PageOf<OpsFeed>>
  /** With other settings or another connection, the next sync reads all. */
  readonly update: Mutation<
    OneFeed & {
      readonly changes: Pick<SourceChoice, 'connectionId' | 'settings'> & {
        readonly name?: string | undefined
        readonly gone?: 'keep' | 'delete' | undefined
      }
    },
    OpsFeed
  >
  readonly delete: Mutation<OneFeed, unknown>
  readonly sync: Mutation<OneFeed & { readonly full?: boolean | undefined }, OpsRun>
}
