/** The value in the middle; between two middle ones, halfway. @throws when there are no samples */
export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5)
}

/**
 * The value below which a share of the samples lies, interpolated between neighbours.
 *
 * @param share 0 for the smallest, 1 for the largest
 * @throws when there are no samples
 */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const position = (sorted.length - 1) * share
  const lower = sorted[Math.floor(position)]
  const upper = sorted[Math.ceil(position)]
  if (lower === undefined || upper === undefined) throw new Error('There is no percentile of no samples')
  return lower + (upper - lower) * (position - Math.floor(position))
}
