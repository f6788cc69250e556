import type { Json } from '@opslayer/core/values'
import type { InTable, Mutation, Paged, PageOf, Query } from './calls.ts'

/** A column as the server tells it. */
export interface TableColumn {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly description: string
  /** Id of its column type. */
  readonly type: string
  /** Why its cells can only be read: the server no longer has the type; null if it does. */
  readonly typeFault: string | null
  readonly settings: unknown
  readonly defaultValue: unknown
  readonly defaultFormula: string | null
  readonly formula: ColumnFormula | null
  /** The plugin's part that gives the cells when it is asked. */
  readonly fill: ColumnFill | null
  readonly rule: { readonly formula: string; readonly message: string } | null
  readonly unique: boolean
  readonly locked: boolean
  readonly hidden: boolean
}

export interface ColumnFormula {
  readonly source: string
  /** Type of the results in other formulas: `number`, `list<date>`. */
  readonly type: string
  readonly filling: boolean
  readonly volatile: 'day' | 'minute' | null
  /** Why every cell shows an error. */
  readonly fault: string | null
}

/** Where an input of a part comes from: a column by key, a formula over the row, or one value for all. */
export type FillSource = { readonly column: string } | { readonly formula: string } | { readonly value: Json }

/** A plugin that fills a column, as it is asked for. */
export interface FillInput {
  readonly plugin: string
  readonly part: string
  /** Null for plugins that need none. */
  readonly connectionId: string | null
  readonly settings: Record<string, Json>
  readonly inputs: Record<string, FillSource>
  /** A filter; null for every row. */
  readonly condition: unknown
  /** Whether it runs by itself when its inputs change. */
  readonly auto: boolean
  /** Cells asked for at most. */
  readonly limits: { readonly perRun: number | null; readonly perMonth: number | null }
}

export interface ColumnFill {
  readonly plugin: string
  readonly part: string
  readonly connectionId: string | null
  readonly settings: Json
  readonly inputs: Readonly<Record<string, FillSource>>
  readonly condition: Json
  readonly auto: boolean
  /** Cells asked for at most. */
  readonly limits: { readonly perRun: number | null; readonly perMonth: number | null }
  /** Why cells cannot be asked for; null if they can. */
  readonly fault: string | null
}

/** A table as the server tells it. */
export interface OpsTableInfo {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly revision: number
  readonly columns: readonly TableColumn[]
  readonly createdAt: string
  readonly createdBy: string
  readonly deletedAt: string | null
}

/** A column to be made. */
export interface ColumnInput {
  readonly name: string
  readonly type?: string | undefined
  readonly formula?: string | undefined
  readonly fill?: FillInput | undefined
  readonly key?: string | undefined
  readonly description?: string | undefined
  readonly settings?: unknown
  readonly defaultValue?: unknown
  readonly defaultFormula?: string | undefined
  readonly rule?: { readonly formula: string; readonly message: string } | undefined
  readonly unique?: boolean | undefined
  readonly hidden?: boolean | undefined
}

/** What changes of a column; what is left out stays. */
export interface ColumnChanges {
  readonly name?: string | undefined
  readonly key?: string | undefined
  readonly description?: string | undefined
  readonly settings?: unknown
  readonly defaultValue?: unknown
  readonly defaultFormula?: string | null | undefined
  readonly formula?: string | undefined
  readonly fill?: FillInput | null | undefined
  readonly rule?: { readonly formula: string; readonly message: string } | null | undefined
  readonly unique?: boolean | undefined
  readonly locked?: boolean | undefined
  readonly hidden?: boolean | undefined
}

export interface InColumn extends InTable {
  readonly columnId: string
}

/** A type that a column is to have. */
export interface Retype {
  readonly type: string
  readonly settings?: unknown
}

/** What becomes of cells when a column gets another type. */
export interface ConversionReport {
  readonly converted: number
  /** Cells that the new type cannot read: they keep their text as a warning. */
  readonly refused: number
  readonly samples: readonly { readonly rowId: string; readonly original: string; readonly reason: string }[]
}

export interface ColumnsCalls {
  /** `place`: among the columns, from 0. @default the end */
  readonly create: Mutation<
    InTable & { readonly column: ColumnInput; readonly place?: number | undefined },
    TableColumn
  >
  readonly update: Mutation<InColumn & { readonly changes: ColumnChanges }, TableColumn>
  readonly previewRetype: Query<InColumn & { readonly to: Retype }, ConversionReport>
  readonly retype: Mutation<
    InColumn & { readonly to: Retype; readonly force?: boolean | undefined },
    { readonly column: TableColumn; readonly report: ConversionReport }
  >
  readonly move: Mutation<InColumn & { readonly place: number }, readonly TableColumn[]>
  /** `force`: also if formulas read it. */
  readonly delete: Mutation<InColumn & { readonly force?: boolean | undefined }, unknown>
  readonly restore: Mutation<InColumn, TableColumn>
}

export interface TablesCalls {
  readonly get: Query<InTable, OpsTableInfo>
  readonly list: Query<Paged & { readonly deleted?: boolean | undefined }, PageOf<OpsTableInfo>>
  readonly create: Mutation<
    { readonly name: string; readonly description?: string | undefined; readonly columns?: ColumnInput[] | undefined },
    OpsTableInfo
  >
  readonly update: Mutation<
    InTable & { readonly changes: { readonly name?: string | undefined; readonly description?: string | undefined } },
    OpsTableInfo
  >
  readonly duplicate: Mutation<
    InTable & { readonly name?: string | undefined; readonly rows?: boolean | undefined },
    OpsTableInfo
  >
  readonly delete: Mutation<InTable, unknown>
  readonly restore: Mutation<InTable, OpsTableInfo>
}
