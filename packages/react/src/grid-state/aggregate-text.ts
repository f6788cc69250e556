import type { AggregateId, ValueContext } from '@opslayer/core/values'
import type { AggregateResult } from './aggregate-result.ts'
import type { GridColumn } from './grid-column.ts'

/** Functions whose results are numbers of rows, and those whose results are shares of them. */
const counts: ReadonlySet<AggregateId> = new Set(['filled', 'empty', 'unique', 'checked', 'unchecked'])
const shares = ['filled_share', 'empty_share', 'checked_share'] as const

/** Whether the result of a function is a share of all rows. */
export function isShare(aggregate: AggregateId): aggregate is (typeof shares)[number] {
  return (shares as readonly AggregateId[]).includes(aggregate)
}

const daySeconds = 86_400

/** The result of a function for people; empty for the result of nothing. */
export function aggregateText(
  column: GridColumn,
  { aggregate, value }: AggregateResult,
  context: ValueContext,
): string {
  const { locale } = context
  if (value === null) return ''
  if (typeof value === 'object') {
    const all = value.reduce((sum, { count }) => sum + count, 0)
    const share = new Intl.NumberFormat(locale, { style: 'percent' })
    return value.map((each) => `${valueText(column, each.value, context)} ${share.format(each.count / all)}`).join(', ')
  }
  if (counts.has(aggregate)) return new Intl.NumberFormat(locale).format(Number(value))
  if (isShare(aggregate)) return new Intl.NumberFormat(locale, { style: 'percent' }).format(Number(value))
  const { storage } = column.type
  if (aggregate === 'range' && (storage === 'date' || storage === 'timestamptz')) {
    const days = storage === 'date' ? Number(value) : Number(value) / daySeconds
    const unit = new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: 'day',
      unitDisplay: 'long',
      maximumFractionDigits: 1,
    })
    return unit.format(days)
  }
  // Averages have more digits than anybody reads.
  const shown = aggregate === 'avg' && storage === 'numeric' ? Number(Number(value).toFixed(4)) : value
  return valueText(column, shown, context)
}

/** A stored value of a column that stands outside of a cell; what does not fit its type stands for itself. */
export function valueText(column: GridColumn, value: unknown, context: ValueContext): string {
  // Exact decimals are written with a point, which some locales read as a separator of thousands.
  const stored = column.type.storage === 'numeric' && typeof value === 'string' ? Number(value) : value
  const read = column.type.parse(stored, column.settings, context)
  return read.ok && read.value !== null ? column.type.format(read.value, column.settings, context) : String(value ?? '')
}
