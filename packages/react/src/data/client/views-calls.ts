import type { AggregateId, Json, OptionColor } from '@opslayer/core/values'
import type { InTable, Mutation, Paged, PageOf, Query } from './calls.ts'

/** A filter as JSON, the one filter language: see the guide “Rows and queries”. */
export type Filter =
  | { readonly and: readonly Filter[] }
  | { readonly or: readonly Filter[] }
  | { readonly not: Filter }
  | { readonly column: string; readonly op: string; readonly value?: Json | undefined }
  | {
      readonly column: string
      readonly state: CellState | readonly CellState[]
      readonly code?: string | readonly string[] | undefined
    }
  | { readonly search: string; readonly columns?: readonly string[] | undefined }
  | { readonly formula: string }

export type CellState = 'empty' | 'queued' | 'running' | 'done' | 'failed' | 'skipped' | 'stale' | 'warning'

export interface Sort {
  readonly column: string
  readonly dir?: 'asc' | 'desc' | undefined
  readonly locale?: string | undefined
}

export type GroupPeriod = 'value' | 'day' | 'week' | 'month' | 'quarter' | 'year'

export interface GroupBy {
  readonly column: string
  readonly by?: GroupPeriod | undefined
  readonly dir?: 'asc' | 'desc' | undefined
}

export type RowHeight = 'short' | 'medium' | 'tall'

export interface ViewColumn {
  readonly column: string
  readonly visible?: boolean | undefined
  readonly width?: number | undefined
  readonly summary?: AggregateId | null | undefined
}

export interface ViewStyle {
  readonly tint?: OptionColor | undefined
  readonly text?: OptionColor | undefined
  readonly bold?: true | undefined
  readonly italic?: true | undefined
  readonly strike?: true | undefined
}

export interface FormatRule {
  readonly filter: Filter
  readonly target: 'row' | { readonly column: string }
  readonly style: ViewStyle
}

/** What a view shows and how; columns by id. */
export interface ViewDefinition {
  readonly filter: Filter | null
  readonly sorts: readonly Sort[]
  readonly groupBy: readonly GroupBy[]
  readonly columns: readonly ViewColumn[]
  readonly pinned: { readonly left: number; readonly right: number }
  readonly rowHeight: RowHeight
  readonly formats: readonly FormatRule[]
}

export type ViewKind = 'personal' | 'shared' | 'system'

/** A saved way to look at a table. */
export interface OpsView {
  /** `all` for the view of all rows. */
  readonly id: string
  readonly tableId: string
  readonly name: string
  readonly kind: ViewKind
  /** Who made it: `user:u1`. */
  readonly owner: string
  readonly definition: ViewDefinition
  /** Parts that do not fit the table any more. */
  readonly issues: readonly { readonly path: readonly (string | number)[]; readonly message: string }[]
  readonly version: number
  readonly createdAt: string
  readonly deletedAt: string | null
}

export interface InView extends InTable {
  readonly viewId: string
}

export interface ViewsCalls {
  readonly list: Query<InTable & Paged & { readonly deleted?: boolean | undefined }, PageOf<OpsView>>
  readonly get: Query<InView, OpsView>
  readonly create: Mutation<
    InTable & {
      readonly view: {
        readonly name: string
        readonly kind?: ViewKind | undefined
        readonly definition?: Partial<ViewDefinition> | undefined
      }
    },
    OpsView
  >
  readonly update: Mutation<
    InView & {
      readonly changes: {
        readonly name?: string | undefined
        readonly kind?: ViewKind | undefined
        readonly definition?: Partial<ViewDefinition> | undefined
        readonly version?: number | undefined
      }
    },
    OpsView
  >
  readonly rename: Mutation<InView & { readonly name: string }, OpsView>
  readonly duplicate: Mutation<
    InView & { readonly name?: string | undefined; readonly kind?: 'personal' | 'shared' | undefined },
    OpsView
  >
  readonly move: Mutation<InView & { readonly place: number }, unknown>
  readonly delete: Mutation<InView, unknown>
  readonly restore: Mutation<InView, OpsView>
}
