import type { TextMatrix } from './clipboard-text.ts'

/** Numbers, addresses and dates: nobody calls a column so. */
const noName =
  /^[\s(+-]*[$€£¥]?\s*\d[\d\s.,'’]*[%€)]?$|^[^\s@]+@[^\s@]+\.[^\s@]+$|^https?:\/\/|^www\.|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/i

/** Longer ones name nothing. */
const maxName = 100

/** How many columns of the texts lie beyond the last one of the grid; empty ones at the end do not count. */
export function missingColumns(texts: TextMatrix, left: number, columns: number): number {
  const width = texts.reduce((most, line) => Math.max(most, line.findLastIndex((text) => text.trim() !== '') + 1), 0)
  return Math.max(0, left + width - columns)
}

/** Whether the first line seems to name the columns below it. */
export function hasNames([first = [], ...below]: TextMatrix): boolean {
  const names = first.map((text) => text.trim())
  const areNames = names.every((name) => name !== '' && name.length <= maxName && !noName.test(name))
  if (below.length === 0 || !areNames || new Set(names).size < names.length) return false
  return !below.some((line) => names.some((name, i) => line[i]?.trim() === name))
}
