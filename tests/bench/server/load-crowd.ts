import type { SentTransaction } from './recorded-sql.ts'

/** Who scrolls and edits, by what way. */
export type LoadCrowd = LoadTable & {
  readonly scrolling: number
  readonly editing: number
  readonly seed: number
  /** Which of {@link lanes} its editors keep to: each crowd edits rows of its own. */
  readonly lane: number
  readonly way:
    | { readonly kind: 'http'; readonly url: string }
    /** The statements that opslayer sends, over a pool of the size that it has, from one process of Node's. */
    | {
        readonly kind: 'bare'
        readonly databaseUrl: string
        readonly window: SentTransaction
        readonly edit: SentTransaction
      }
}

/** What is scrolled and edited. */
export interface LoadTable {
  readonly tableId: string
  readonly firstId: number
  readonly rows: number
}

/** Milliseconds of each piece of work that came to its end, and how many failed. */
export interface LoadOutcome {
  readonly reads: number[]
  readonly writes: number[]
  readonly errors: number
  /** The last value of each row that was edited, by id. */
  readonly edited: readonly (readonly [id: string, visits: number])[]
}

/** Crowds that may edit one table. */
export const lanes = 2

/** Rows of one window, as the grid asks for them. */
export const windowRows = 100

/** Where windows begin: people look at the beginning of a table. */
export const deepest = 5_000
