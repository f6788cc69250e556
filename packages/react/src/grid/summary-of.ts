import type { AggregateId, ValueContext } from '@opslayer/core/values'
import { optionOf, toneOf } from '../cells/tones.ts'
import type { AggregateResult, AggregateValue } from '../grid-state/aggregate-result.ts'
import { aggregateText, isShare, valueText } from '../grid-state/aggregate-text.ts'
import { compactText } from '../grid-state/compact-text.ts'
import type { GridColumn } from '../grid-state/grid-column.ts'
import type { Translate } from '../provider/translator.ts'
import type { Summary } from './footer-row.tsx'

const optionTypes: ReadonlySet<string> = new Set(['status', 'dropdown', 'tags'])

/** What the footer shows of a column's function; its value is undefined while it is worked out. */
export function summaryOf(
  column: GridColumn,
  aggregate: AggregateId,
  value: AggregateValue | undefined,
  context: ValueContext,
  translate: Translate,
): Summary {
  const label = translate(`aggregate.${aggregate}`)
  if (value === undefined) return { aggregate, label, text: null }
  if (typeof value !== 'object' || value === null) return summaryText(column, { aggregate, value }, context, translate)
  const all = value.reduce((sum, { count }) => sum + count, 0)
  const distribution = value.map((each) => {
    const text = valueText(column, each.value, context)
    const tone = optionTypes.has(column.type.id) ? optionOf(column.settings, String(each.value)).color : toneOf(text)
    return { label: text, share: each.count / all, tone }
  })
  return { aggregate, label, text: null, distribution }
}

/** A result that is no distribution, with its name; of a share both are one: “97% filled”. */
function summaryText(
  column: GridColumn,
  result: AggregateResult,
  context: ValueContext,
  translate: Translate,
): Summary {
  const { aggregate } = result
  const text = aggregateText(column, result, context)
  if (isShare(aggregate) && text !== '')
    return { aggregate, label: '', text: translate(`share.${aggregate}`, { share: text }) }
  return { aggregate, label: translate(`aggregate.${aggregate}`), text, short: compactText(column, result, context) }
}
