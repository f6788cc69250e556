import type { Measurement } from './measurement.ts'

const headings = ['', 'median', 'p95', 'unit', 'limit', 'ratio', 'items/s', 'runs']

/** Prints measurements as lines of text with aligned columns. */
export function reportTable(measurements: readonly Measurement[]): string {
  const rows = [headings, ...measurements.map(cellsOf)]
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function cellsOf(measured: Measurement): readonly string[] {
  return [
    measured.name,
    figure(measured.median),
    figure(measured.p95),
    measured.unit,
    figure(measured.limit),
    measured.ratio === undefined ? '' : `${measured.ratio.toFixed(2)}×`,
    measured.perSecond === undefined ? '' : Math.round(measured.perSecond).toLocaleString('en-US'),
    String(measured.samples.length),
  ]
}

/** Three significant digits; whole numbers in full. */
function figure(value: number | undefined): string {
  if (value === undefined) return ''
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US')
  return String(Number(value.toPrecision(3)))
}
