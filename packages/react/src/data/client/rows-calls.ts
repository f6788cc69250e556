import type { AggregateId, Json } from '@opslayer/core/values'
import type { ServedRow } from '../../grid-state/served-row.ts'
import type { ActorName, InRow, InTable, Mutation, Paged, PageOf, Query } from './calls.ts'
import type { Filter, GroupBy, Sort, ViewDefinition } from './views-calls.ts'

type Cells = Readonly<Record<string, unknown>>

/** A view as it stands on the screen: members that are left out are as they are stored. */
export interface UnsavedView extends Partial<ViewDefinition> {
  /** Id of the view. @default that of all rows */
  readonly of?: string | undefined
}

export interface InView extends InTable {
  readonly view?: string | UnsavedView | undefined
}

/** Which rows, in which order. */
export interface TableQuery extends InView {
  readonly filter?: Filter | undefined
  readonly sort?: readonly Sort[] | undefined
}

type Filtered = Omit<TableQuery, 'sort'>

/** A row as the server tells it. */
export interface TableRow extends ServedRow {
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  readonly updatedBy: string
}

export interface DeletedRow extends TableRow {
  readonly deletedAt: string
  readonly deletedBy: ActorName
  readonly operation: string
}

export interface RowGroupInfo {
  readonly path: readonly Json[]
  readonly count: number
  readonly aggregates: readonly AggregateResult[]
}

/** Counts and shares are numbers, sums and the like exact decimal text; a distribution is a list. */
export type AggregateResult = number | string | null | readonly { readonly value?: unknown; readonly count: number }[]

export interface Aggregate {
  readonly column: string
  readonly aggregate: AggregateId
}

export interface Written {
  /** For undo; null if nothing changed. */
  readonly operation: string | null
}

export interface CellFault {
  readonly index: number
  readonly message: string
}

export interface RowsCalls {
  readonly count: Query<Filtered & { readonly exact?: boolean | undefined }, { readonly count: number }>
  readonly window: Query<
    TableQuery & {
      readonly offset: number
      readonly limit?: number | undefined
      readonly groupBy?: readonly GroupBy[] | undefined
      readonly path?: Json[] | undefined
    },
    readonly TableRow[]
  >
  readonly get: Query<InRow, TableRow>
  readonly getMany: Query<InTable & { readonly rowIds: string[] }, readonly TableRow[]>
  readonly groups: Query<
    Filtered & {
      readonly groupBy?: readonly GroupBy[] | undefined
      readonly aggregates?: readonly Aggregate[] | undefined
      readonly offset?: number | undefined
      readonly limit?: number | undefined
    },
    { readonly groups: readonly RowGroupInfo[]; readonly total: number }
  >
  readonly summary: Query<
    Filtered & { readonly aggregates?: readonly Aggregate[] | undefined },
    { readonly count: number; readonly aggregates: readonly AggregateResult[]; readonly columns: readonly Aggregate[] }
  >
  readonly distinct: Query<
    InTable & {
      readonly column: string
      readonly filter?: Filter | undefined
      readonly search?: string | undefined
      readonly order?: 'count' | 'value' | undefined
      readonly limit?: number | undefined
    },
    readonly { readonly value: Json; readonly count: number }[]
  >
  readonly find: Query<
    TableQuery & Paged & { readonly text: string; readonly total?: boolean | undefined },
    {
      readonly hits: readonly { readonly rowId: string; readonly columns: readonly string[] }[]
      readonly nextCursor: string | null
    }
  >
  /** Where a row stands in a view, counted in its group; null if it is not in it. */
  readonly locate: Query<
    TableQuery & { readonly rowId: string; readonly groupBy?: readonly GroupBy[] | undefined },
    { readonly path: readonly Json[]; readonly index: number } | null
  >
  readonly update: Mutation<
    InTable & { readonly updates: { readonly id: string; readonly cells: Cells }[] },
    Written & {
      readonly rows: readonly { readonly id: string; readonly version: number }[]
      readonly missing: readonly string[]
      readonly errors: readonly CellFault[]
    }
  >
  readonly insert: Mutation<
    InTable & { readonly rows: { readonly cells: Cells }[] },
    Written & { readonly rows: readonly { readonly id: string }[]; readonly errors: readonly CellFault[] }
  >
  readonly delete: Mutation<InTable & { readonly rowIds: string[] }, Written & { readonly deleted: readonly string[] }>
  readonly updateWhere: Mutation<
    InTable & { readonly filter: Filter | 'all'; readonly cells: Cells },
    Written & { readonly rows: number }
  >
  readonly deleteWhere: Mutation<InTable & { readonly filter: Filter | 'all' }, Written & { readonly rows: number }>
  readonly deleted: Query<InTable & Paged, PageOf<DeletedRow>>
  readonly restore: Mutation<
    InTable & { readonly rowIds: string[] },
    Written & { readonly restored: readonly string[]; readonly conflicts: readonly unknown[] }
  >
  readonly move: Mutation<InTable & { readonly rowIds: string[]; readonly place: RowPlace }, unknown>
}

export type RowPlace =
  | { readonly before: string }
  | { readonly after: string }
  | { readonly at: 'start' }
  | { readonly at: 'end' }
