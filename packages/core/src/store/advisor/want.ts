import type { QueryShape } from './query-shape.ts'

/** What nobody asked for this long is not wanted any more. */
export const unwantedAfterMs = 30 * 24 * 60 * 60 * 1000

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
