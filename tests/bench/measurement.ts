import { median, percentile } from './statistics.ts'

/** One line of a report. */
export interface Measurement {
  readonly name: string
  /** What the figures count: `ms` per call, or what the benchmark recorded (`MB`, `rows/s`). */
  readonly unit: string
  readonly median: number
  readonly p95: number
  readonly max: number
  /** Median of the limit that was measured in the same run. */
  readonly limit?: number
  /** `median` divided by `limit`. */
  readonly ratio?: number
  /** Items per second at the median. */
  readonly perSecond?: number
  /** Raw values. */
  readonly samples: readonly number[]
  readonly limitSamples?: readonly number[]
}

/** Sums up raw values. */
export function summarise(
  name: string,
  unit: string,
  samples: readonly number[],
  more: { readonly limitSamples?: readonly number[]; readonly itemsPerCall?: number | undefined } = {},
): Measurement {
  const middle = median(samples)
  const limit = more.limitSamples === undefined ? undefined : median(more.limitSamples)
  return {
    name,
    unit,
    median: middle,
    p95: percentile(samples, 0.95),
    max: percentile(samples, 1),
    ...(limit === undefined ? {} : { limit, ratio: middle / limit, limitSamples: more.limitSamples ?? [] }),
    ...(more.itemsPerCall === undefined ? {} : { perSecond: (more.itemsPerCall * 1000) / middle }),
    samples,
  }
}
