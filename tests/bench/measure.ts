/** What is measured: called again and again, each call timed. */
export type Work = () => unknown

/** How one thing is measured. */
export interface MeasureOptions {
  /** Timed samples. @default 30 */
  readonly runs?: number
  /** Untimed calls before them, for caches and the compiler. @default 5 */
  readonly warmUp?: number
  /** Calls per sample, for work too short for the clock; figures are per call. @default 1 */
  readonly calls?: number
  /** Runs untimed before each sample. */
  readonly before?: Work
}

/**
 * Measures several things in turns, one sample of each after the other, so that a machine that slows down slows all of them.
 *
 * @returns for each of `works` the milliseconds per call of every sample
 */
export async function measureInTurns(
  works: readonly Work[],
  { runs = 30, warmUp = 5, calls = 1, before }: MeasureOptions,
  now: () => number,
): Promise<readonly (readonly number[])[]> {
  const samples = works.map((): number[] => [])
  for (let run = -warmUp; run < runs; run++) {
    for (const [index, work] of works.entries()) {
      await before?.()
      const start = now()
      for (let call = 0; call < calls; call++) await work()
      const elapsed = now() - start
      if (run >= 0) samples[index]?.push(elapsed / calls)
    }
  }
  return samples
}
