import type { FormulaColumn } from './formula-column.ts'
import type { Span } from './formula-fault.ts'
import type { AnyNativeFunction, CallFacts, ComposedFunction, LazyFunction } from './formula-function.ts'
import type { FormulaType } from './formula-type.ts'
import type { Result } from './value.ts'

/** A formula with types: every name is resolved, every conversion is a call. */
export type TypedNode =
  | { readonly kind: 'constant'; readonly type: FormulaType; readonly value: Result; readonly span: Span }
  /** `index` counts in {@link CheckedFormula.columns}. */
  | { readonly kind: 'column'; readonly type: FormulaType; readonly index: number; readonly span: Span }
  /** A parameter of a composed function; `index` counts through the formula. */
  | { readonly kind: 'local'; readonly type: FormulaType; readonly index: number; readonly span: Span }
  | {
      readonly kind: 'call'
      readonly type: FormulaType
      readonly definition: AnyNativeFunction | LazyFunction
      readonly args: readonly TypedNode[]
      readonly facts: CallFacts
      readonly span: Span
    }
  /** A call of a composed function: the arguments become locals from `first` on, then the body counts. */
  | {
      readonly kind: 'composed'
      readonly type: FormulaType
      readonly definition: ComposedFunction
      readonly first: number
      readonly args: readonly TypedNode[]
      readonly body: TypedNode
      readonly span: Span
    }

/** A formula that was checked against the columns of its table. */
export interface CheckedFormula {
  readonly root: TypedNode
  /** Type of the result; `blank` for a formula that never gives anything. */
  readonly type: FormulaType
  /** The columns that it reads, each once. */
  readonly columns: readonly FormulaColumn[]
  /** How long a result stays good where it depends on the time: `day` for TODAY, `minute` for NOW; else `null`. */
  readonly volatile: 'day' | 'minute' | null
  /** Ids of columns that the formula names and that are gone; it gives `#REF!` where it reads them. */
  readonly lostColumns: readonly string[]
}
