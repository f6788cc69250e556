/** Bounds of one formula; each is refused with a positioned fault. */
export const formulaBounds = {
  /** Longest source, in UTF-16 units. */
  length: 20_000,
  /** How deep brackets, IFs, NOTs, signs and powers may be nested. */
  depth: 100,
  /** Operators and calls. */
  operations: 1_000,
  /** Arguments of one call. */
  arguments: 250,
  /** Faults told of at once. */
  faults: 10,
} as const
