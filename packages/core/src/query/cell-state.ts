/**
 * The states of a cell, with the small codes under which they are stored. Plain columns know only `warning`: the
 * value did not fit its type and keeps its original text in the side table.
 */
export const cellStates = {
  empty: 0,
  queued: 1,
  running: 2,
  done: 3,
  failed: 4,
  skipped: 5,
  stale: 6,
  warning: 7,
} as const

export type CellState = keyof typeof cellStates
