import type { QueryShape } from './query-shape.ts'

/** Something that is asked of a table, and how much it is worth to answer it fast. */
export interface Want {
  readonly shape: QueryShape
  /** Milliseconds that were spent on it; views count as a second. */
  readonly weight: number
  /** When it was last asked. */
  readonly at: Date
  readonly source: WantSource
}

export type WantSource =
  | { readonly kind: 'view'; readonly viewId: string; readonly name: string }
  | { readonly kind: 'reads'; readonly calls: number; readonly meanMs: number; readonly maxMs: number }
