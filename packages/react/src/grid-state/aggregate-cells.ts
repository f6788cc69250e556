import type { AggregateId, Json } from '@opslayer/core/values'
import type { AggregateValue } from './aggregate-result.ts'

const daySeconds = 86_400
/** More values are not listed: a bar of them would show nothing. */
const mostValues = 100

/** A function over cells that are all at hand, as the engine has it over those of a table. */
export function aggregateCells(cells: readonly Json[], aggregate: AggregateId): AggregateValue {
  const filled = cells.filter((value) => value !== null)
  const share = (part: number) => (cells.length === 0 ? null : part / cells.length)
  const checked = () => cells.filter((value) => value === true).length
  switch (aggregate) {
    case 'filled':
      return filled.length
    case 'empty':
      return cells.length - filled.length
    case 'filled_share':
      return share(filled.length)
    case 'empty_share':
      return share(cells.length - filled.length)
    case 'unique':
      return new Set(filled.map((value) => JSON.stringify(value))).size
    case 'checked':
      return checked()
    case 'unchecked':
      return cells.length - checked()
    case 'checked_share':
      return share(checked())
    case 'sum':
      return filled.length === 0 ? null : filled.reduce<number>((sum, value) => sum + Number(value), 0)
    case 'avg':
      return filled.length === 0 ? null : filled.reduce<number>((sum, value) => sum + Number(value), 0) / filled.length
    case 'min':
    case 'earliest':
      return sorted(filled)[0] ?? null
    case 'max':
    case 'latest':
      return sorted(filled).at(-1) ?? null
    case 'median':
      return middle(sorted(filled))
    case 'range':
      return span(sorted(filled))
    case 'distribution':
      return distribution(filled)
  }
  return aggregate satisfies never
}

/** In ascending order: numbers by value, dates and times by their stored form. */
function sorted(cells: readonly Json[]): readonly (number | string)[] {
  const scalars = cells.filter((value) => typeof value === 'number' || typeof value === 'string')
  return scalars.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

function middle(ascending: readonly (number | string)[]): number | string | null {
  const upper = ascending[ascending.length >> 1]
  const lower = ascending[(ascending.length - 1) >> 1]
  return typeof upper === 'number' && typeof lower === 'number' ? (lower + upper) / 2 : (lower ?? null)
}

/** Of numbers their distance, of dates days, of times seconds. */
function span(ascending: readonly (number | string)[]): number | null {
  const [first, last] = [ascending[0], ascending.at(-1)]
  if (first === undefined || last === undefined) return null
  if (typeof first === 'number' || typeof last === 'number') return Number(last) - Number(first)
  const seconds = (Date.parse(last) - Date.parse(first)) / 1_000
  return first.length === 'YYYY-MM-DD'.length ? seconds / daySeconds : seconds
}

function distribution(cells: readonly Json[]): readonly { value: Json; count: number }[] {
  const counts = new Map<string, { value: Json; count: number }>()
  for (const value of cells.flat()) {
    const key = JSON.stringify(value)
    const known = counts.get(key) ?? { value, count: 0 }
    known.count += 1
    counts.set(key, known)
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count).slice(0, mostValues)
}
