import type { Json } from '@opslayer/core/values'
import type { InTable, Query } from './calls.ts'

/** What is wrong with a formula, and where: UTF-16 units from 0, `end` after the last. */
export interface FormulaFault {
  readonly start: number
  readonly end: number
  readonly message: string
  readonly expected?: string | undefined
}

export interface FormulaCheck {
  readonly type: unknown
  /** Id of the column type that holds the results. */
  readonly columnType: string | null
  /** Ids of the columns that it reads. */
  readonly reads: readonly string[]
  readonly volatile: 'day' | 'minute' | null
  readonly faults: readonly FormulaFault[]
}

interface PreviewedCell {
  readonly value: Json
  readonly error: { readonly code: string; readonly message: string } | null
}

export interface FormulaPreview extends FormulaCheck {
  readonly rows: readonly {
    readonly id: string
    readonly before: PreviewedCell | null
    readonly after: PreviewedCell
  }[]
  readonly sampled: number
  readonly changed: number
  readonly total: number
  readonly estimated: number
  readonly exact: boolean
}

export interface DescribedFunction {
  readonly name: string
  readonly group: string
  readonly signatures: readonly string[]
  readonly summary: string
  readonly aliases: readonly string[]
}

interface Source extends InTable {
  readonly source: string
  /** The column whose formula it would be. @default a new one */
  readonly columnId?: string | undefined
}

export interface FormulasCalls {
  readonly check: Query<Source, FormulaCheck>
  readonly preview: Query<Source & { readonly sample?: number | undefined }, FormulaPreview>
  readonly functions: Query<
    { readonly search?: string | undefined; readonly offset?: number | undefined; readonly limit?: number | undefined },
    { readonly functions: readonly DescribedFunction[]; readonly total: number }
  >
}
