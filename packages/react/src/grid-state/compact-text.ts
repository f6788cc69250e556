import type { ValueContext } from '@opslayer/core/values'
import type { AggregateResult } from './aggregate-result.ts'
import { isShare } from './aggregate-text.ts'
import type { GridColumn } from './grid-column.ts'

/** From here on a number has a shorter form that still says its size. */
const least = 10_000

/** A number in short, such as `$624M`, for where its digits do not fit; null for what has no such form. */
export function compactText(
  column: GridColumn,
  { aggregate, value }: AggregateResult,
  { locale }: ValueContext,
): string | null {
  const { id } = column.type
  const amount = typeof value === 'object' ? Number.NaN : Number(value)
  const isPlain = id === 'number' || id === 'currency'
  if (!isPlain || isShare(aggregate) || !(Math.abs(amount) >= least)) return null
  const isCount = ['filled', 'empty', 'unique'].includes(aggregate)
  const { code } = column.settings as { readonly code?: string }
  return new Intl.NumberFormat(locale, {
    notation: 'compact',
    maximumSignificantDigits: 3,
    ...(code !== undefined && !isCount && { style: 'currency', currency: code }),
  }).format(amount)
}
