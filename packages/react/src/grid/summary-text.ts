import type { ValueContext } from '@opslayer/core/values'
import type { AggregateResult } from '../grid-state/aggregate-result.ts'
import { aggregateText, isShare } from '../grid-state/aggregate-text.ts'
import { compactText } from '../grid-state/compact-text.ts'
import type { GridColumn } from '../grid-state/grid-column.ts'
import type { Translate } from '../provider/translator.ts'
import type { Summary } from './footer-row.tsx'

/** A result that is no distribution, with its name; of a share both are one: “97% filled”. */
export function summaryText(
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
