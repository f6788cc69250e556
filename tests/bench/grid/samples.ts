/** Values by figure and grid, gathered over the rounds. */
export interface Samples {
  note(figure: string, unit: string, grid: string, values: readonly number[]): void
  /** Figures in the order in which they were first noted. */
  figures(): Iterable<{
    readonly figure: string
    readonly unit: string
    readonly byGrid: ReadonlyMap<string, number[]>
  }>
}

export function createSamples(): Samples {
  const figures = new Map<string, { figure: string; unit: string; byGrid: Map<string, number[]> }>()
  return {
    note(figure, unit, grid, values) {
      const known = figures.get(figure) ?? { figure, unit, byGrid: new Map<string, number[]>() }
      figures.set(figure, known)
      known.byGrid.set(grid, [...(known.byGrid.get(grid) ?? []), ...values])
    },
    figures: () => figures.values(),
  }
}
