import type { GridRow } from '../grid-state/grid-row.ts'
import type { TableColumn } from './table-columns.ts'

interface Query<Input, Output> {
  query(input: Input, options?: { readonly signal?: AbortSignal }): Promise<Output>
}

interface Mutation<Input, Output> {
  mutate(input: Input): Promise<Output>
}

type Cells = Readonly<Record<string, unknown>>

interface InTable {
  readonly tableId: string
}

/** What a stream of changes tells; see the server's `LiveEvent`. */
export type LiveEvent =
  | { readonly type: 'ready' | 'resync' }
  | {
      readonly type: 'changes'
      readonly changes: readonly { readonly kind: string; readonly rows: readonly string[] | null }[]
    }

/** Which rows, in which order. `filter` and `sort` are written as the server reads them. */
export interface TableQuery extends InTable {
  readonly view?: string | undefined
  readonly filter?: unknown
  readonly sort?: readonly unknown[] | undefined
}

/** What is used of the host's tRPC client: `createTRPCClient<OpsRouter>(…)` fits. */
export interface OpsClient {
  readonly tables: {
    readonly get: Query<InTable, { readonly name: string; readonly columns: readonly TableColumn[] }>
  }
  readonly rows: {
    readonly count: Query<
      Omit<TableQuery, 'sort'> & { readonly exact?: boolean | undefined },
      { readonly count: number }
    >
    readonly window: Query<
      TableQuery & { readonly offset: number; readonly limit?: number | undefined },
      readonly GridRow[]
    >
    readonly getMany: Query<InTable & { readonly rowIds: string[] }, readonly GridRow[]>
    readonly update: Mutation<
      InTable & { readonly updates: { readonly id: string; readonly cells: Cells }[] },
      {
        readonly rows: readonly { readonly id: string; readonly version: number }[]
        readonly missing: readonly string[]
        readonly errors: readonly { readonly index: number; readonly message: string }[]
      }
    >
    readonly insert: Mutation<
      InTable & { readonly rows: { readonly cells: Cells }[] },
      { readonly rows: readonly { readonly id: string }[] }
    >
    readonly delete: Mutation<InTable & { readonly rowIds: string[] }, unknown>
  }
  readonly live: {
    readonly changes: {
      subscribe(
        input: { readonly tableIds?: string[] | undefined },
        options: { onData(event: { readonly data: LiveEvent }): void },
      ): { unsubscribe(): void }
    }
  }
  readonly undo: {
    readonly undo: { mutate(): Promise<unknown> }
    readonly redo: { mutate(): Promise<unknown> }
  }
}
