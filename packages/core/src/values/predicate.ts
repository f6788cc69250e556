import type { Json } from './json.ts'

/** A value as a predicate compares it: the stored form of the column type. */
export type Scalar = string | number | boolean

/**
 * What an operator asks of one stored cell, in terms that SQL and TypeScript both understand.
 *
 * Every predicate is two-valued: an empty cell satisfies only `empty`, `always` and whatever is wrapped in `not`.
 * The query room compiles predicates to SQL; operators say the same thing again as a plain function (`test`), and a
 * fuzz test holds the two together.
 */
export type Predicate =
  | { readonly kind: 'always' }
  | { readonly kind: 'never' }
  | { readonly kind: 'empty' }
  /** Compares with the storage type's own order; text compares by code point. */
  | { readonly kind: 'compare'; readonly op: '=' | '<' | '<=' | '>' | '>='; readonly value: Scalar }
  /** One of the values, at most 10,000. */
  | { readonly kind: 'in'; readonly values: readonly Scalar[] }
  /** Case-insensitive text match by the root locale's case mapping; `value` is taken literally. */
  | { readonly kind: 'text'; readonly match: 'equals' | 'contains' | 'starts' | 'ends'; readonly value: string }
  /** Equals one of the texts in the way of `text` / `equals`; at most 10,000. */
  | { readonly kind: 'text-in'; readonly values: readonly string[] }
  /** `source` is PostgreSQL's ARE syntax as printed by `pattern.ts`; never a user's own text. */
  | { readonly kind: 'regex'; readonly source: string; readonly ignoreCase: boolean }
  /** For `text[]` storage. `any`: shares a value; `all`: holds every value; `exactly`: the same set. */
  | { readonly kind: 'list'; readonly match: 'any' | 'all' | 'exactly'; readonly values: readonly string[] }
  /** For `jsonb` storage: the cell contains this JSON (PostgreSQL's `@>`). */
  | { readonly kind: 'json-contains'; readonly value: Json }
  /** For `jsonb` storage: the text of the value at `path` satisfies `is`; an absent path counts as empty. */
  | { readonly kind: 'json-path'; readonly path: readonly string[]; readonly is: Predicate }
  | { readonly kind: 'and'; readonly of: readonly Predicate[] }
  | { readonly kind: 'or'; readonly of: readonly Predicate[] }
  | { readonly kind: 'not'; readonly of: Predicate }
