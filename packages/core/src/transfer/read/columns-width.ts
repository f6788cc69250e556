import type { RawRecord } from './record-batch.ts'

/** Columns of the file: those of the header, and those beyond that more than a stray record fills. */
export function columnsWidth(sample: readonly RawRecord[], headers: number): number {
  const widths = sample.map((record) => record.findLastIndex((cell) => cell !== null && cell !== '') + 1)
  const wide = widths.filter((width) => width > headers).sort((a, b) => b - a)
  const enough = headers === 0 ? 0 : Math.max(1, Math.floor(sample.length / 50))
  return Math.max(headers, wide[enough] ?? 0)
}
