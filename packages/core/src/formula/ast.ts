import type { Span } from './formula-fault.ts'

/** How a column was written: by key (`@score`), by name (`@{Lead score}`), or by id, as stored (`@<col_1>`, `@<{col_1}>`). */
export type ColumnReference =
  | { readonly by: 'key'; readonly text: string }
  | { readonly by: 'name'; readonly text: string }
  /** `shownBy` says how it is shown to people. */
  | { readonly by: 'id'; readonly text: string; readonly shownBy: 'key' | 'name' }

/** A formula as parsed, without types. Operators are calls by their sign: `+`, `&`, `=`, `and`. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number; readonly span: Span }
  | { readonly kind: 'text'; readonly value: string; readonly span: Span }
  /** A word that stands alone: TRUE, BLANK, or a mistake. */
  | { readonly kind: 'word'; readonly word: string; readonly span: Span }
  | { readonly kind: 'column'; readonly reference: ColumnReference; readonly span: Span }
  /** `#REF!`: a column that was deleted. */
  | { readonly kind: 'lost-reference'; readonly span: Span }
  | {
      readonly kind: 'call'
      readonly name: string
      /** Where the name or the operator stands. */
      readonly nameSpan: Span
      readonly args: readonly Expression[]
      readonly span: Span
      readonly operator: boolean
    }
