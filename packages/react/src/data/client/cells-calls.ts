import type { Json } from '@opslayer/core/values'
import type { InRow, InTable, Mutation, Query, Starting } from './calls.ts'
import type { OpsRun } from './runs-calls.ts'
import type { FillInput, InColumn } from './tables-calls.ts'
import type { Filter } from './views-calls.ts'

export interface Cost {
  readonly unit: string
  readonly amount: number
}

/** Which cells a run asks for, by their state. */
export type WhichCells = 'empty' | 'failed' | 'stale' | 'all'

/** Which cells of a column are asked for. */
export interface CellsRequest {
  readonly which?: WhichCells | undefined
  /** Only these rows. */
  readonly rows?: string[] | undefined
  readonly filter?: Filter | undefined
}

export interface CellsRunRequest extends CellsRequest {
  /** Cells at most. */
  readonly limit?: number | undefined
  /** What may be spent at most. */
  readonly maxCost?: number | undefined
}

/** What a run would do. */
export interface CellsEstimate {
  readonly rows: number
  /** Of them, cells whose answer is known already. */
  readonly cached: number
  /** Of them, cells that nobody is asked for. */
  readonly skipped: number
  /** Cells that the plugin is asked for. */
  readonly asked: number
  /** At most; null for what costs nothing. */
  readonly cost: Cost | null
  /** Whether every cell was looked at; else the figures follow from a sample. */
  readonly exact: boolean
}

/** One call of a vendor. */
export interface CellRequest {
  readonly id: string
  readonly at: string
  readonly method: string
  readonly host: string
  /** The path, with `:` in place of ids. */
  readonly route: string
  /** Null where no answer came. */
  readonly status: number | null
  readonly error: string | null
  /** Until the answer began. */
  readonly ms: number
  /** 1 for the first, more for repetitions. */
  readonly attempt: number
}

/** Where a cell is from. */
export interface CellExplanation {
  readonly column: string
  readonly state: string
  readonly code: string | null
  readonly message: string | null
  /** `reoon@1.0.0`; null for a cell that nobody was asked for. */
  readonly plugin: string | null
  readonly part: string | null
  readonly provider: string | null
  readonly connection: string | null
  readonly run: string | null
  readonly at: string | null
  /** Whether the answer was known from an equal question. */
  readonly cached: boolean
  readonly cost: Cost | null
  readonly confidence: number | null
  /** The vendor's answer as it came, where the plugin keeps it. */
  readonly raw: Json
  /** Calls of the vendor that were made for it, the oldest first. */
  readonly requests: readonly CellRequest[]
  /** What the plugin would be asked now. */
  readonly inputs: Readonly<Record<string, Json>>
  /** Whether that is what it was asked then. */
  readonly sameInputs: boolean
  readonly upstream: readonly { readonly column: string; readonly by: string; readonly state: string | null }[]
}

/** What a column that is not made yet would hold in one row. */
export interface CellPreview {
  readonly rowId: string
  readonly inputs: Readonly<Record<string, Json>>
  /** `open`: nobody knows before the plugin is asked. */
  readonly status: 'open' | 'done' | 'failed' | 'skipped'
  readonly value: Json
  readonly code: string | null
  readonly message: string | null
  readonly cached: boolean
}

export interface CellsPreview {
  readonly rows: readonly CellPreview[]
  readonly type: string
  readonly settings: Json
  /** What asking costs at most or, once it was done, has cost. */
  readonly cost: Cost | null
  /** Whether the part answers for single rows. */
  readonly canAsk: boolean
}

export interface CellsCalls {
  /** `ask`: whether the plugin is asked, which may cost. */
  readonly preview: Mutation<
    InTable & {
      readonly request: {
        readonly fill: FillInput
        readonly rows?: string[] | undefined
        readonly ask?: boolean | undefined
      }
    },
    CellsPreview
  >
  readonly estimate: Query<InColumn & { readonly request?: CellsRequest | undefined }, CellsEstimate>
  readonly run: Mutation<InColumn & Starting & { readonly request?: CellsRunRequest | undefined }, OpsRun>
  readonly explain: Query<InRow & { readonly columnId: string }, CellExplanation>
}
