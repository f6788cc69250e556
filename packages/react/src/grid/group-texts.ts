import type { ValueContext } from '@opslayer/core/values'
import { optionOf } from '../cells/tones.ts'
import { valueText } from '../grid-state/aggregate-text.ts'
import type { GridColumn } from '../grid-state/grid-column.ts'
import type { RowGroup } from '../grid-state/lines.ts'
import type { Translate } from '../provider/translator.ts'
import type { GroupTexts } from './viewport/viewport-state.ts'

/** What stands on the heading of a group. */
export function groupTexts(
  group: RowGroup,
  column: GridColumn | undefined,
  values: ValueContext,
  translate: Translate,
): GroupTexts {
  const key = group.path.at(-1) ?? null
  const isOption = column?.type.id === 'status' || column?.type.id === 'dropdown'
  return {
    column: column?.name ?? '',
    value:
      key === null || column === undefined ? translate('grid.group-empty') : keyText(group, column, values, translate),
    tone: isOption && typeof key === 'string' ? optionOf(column.settings, key).color : null,
    count: translate(group.count === 1 ? 'grid.rows-one' : 'grid.rows', { count: group.count }),
  }
}

/** A period goes by its first day. */
function keyText(group: RowGroup, column: GridColumn, values: ValueContext, translate: Translate): string {
  const key = group.path.at(-1) ?? null
  const first = new Date(`${key}T00:00:00Z`)
  const text = (style: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(values.locale, { ...style, timeZone: 'UTC' }).format(first)
  switch (group.by) {
    case 'day':
      return text({ dateStyle: 'medium' })
    case 'week':
      return translate('grid.week-of', { day: text({ dateStyle: 'medium' }) })
    case 'month':
      return text({ month: 'long', year: 'numeric' })
    case 'quarter':
      return translate('grid.quarter', {
        quarter: Math.floor(first.getUTCMonth() / 3) + 1,
        year: text({ year: 'numeric' }),
      })
    case 'year':
      return text({ year: 'numeric' })
    case 'value':
    case undefined:
      return valueText(column, key, values)
  }
  return group.by satisfies never
}
