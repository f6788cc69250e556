import type { ColumnReference } from './ast.ts'
import type { Span } from './formula-fault.ts'

/** Signs of the language after tidying: `<>` and `!=` are `<>`, `==` is `=`, `;` is `,`. */
export type Sign =
  | '('
  | ')'
  | '['
  | ']'
  | ','
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '^'
  | '&'
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | '?'
  | ':'

/** One word of a formula. */
export type Token = Span &
  (
    | { readonly kind: 'sign'; readonly sign: Sign }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'text'; readonly value: string }
    /** Function names, constants and the words IF, THEN, ELSE, AND, OR, NOT; in capitals. */
    | { readonly kind: 'word'; readonly word: string }
    | { readonly kind: 'column'; readonly reference: ColumnReference }
    | { readonly kind: 'lost-reference' }
  )
