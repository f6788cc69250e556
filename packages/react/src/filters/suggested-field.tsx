import { Autocomplete } from '@base-ui/react/autocomplete'
import { useState } from 'react'
import { useDistinct } from '../data/use-rows.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useFloating } from '../ui/layer.tsx'
import type { FilterColumn } from './filter-columns.ts'
import { useFilterPlace } from './filter-place.ts'

export interface SuggestedFieldProps {
  readonly column: FilterColumn
  readonly value: string
  onChange(value: string): void
}

interface Suggestion {
  readonly text: string
  readonly count: number
}

/** A text to look for, with the values that the column holds as suggestions, the commonest first. */
export function SuggestedField({ column, value, onChange }: SuggestedFieldProps) {
  const { translate, locale } = useOpsContext()
  const { tableId } = useFilterPlace()
  const floating = useFloating()
  const [isOpen, setOpen] = useState(false)
  const distinct = useDistinct(tableId, { column: column.id, search: value }, { enabled: isOpen })
  const items = (distinct.data ?? []).map(({ value: each, count }): Suggestion => ({ text: String(each), count }))
  return (
    <Autocomplete.Root<Suggestion>
      items={items}
      mode="none"
      value={value}
      onValueChange={(text, details) => {
        if (details.reason !== 'escape-key') return onChange(text)
        // Escape is for the window around, not for what was typed.
        details.cancel()
        details.allowPropagation()
      }}
      itemToStringValue={({ text }) => text}
      open={isOpen && items.length > 0}
      onOpenChange={(open) => setOpen(open)}
      openOnInputClick
    >
      <Autocomplete.Input
        className="ops-input"
        aria-label={translate('filter.value')}
        placeholder={translate('filter.choose-value')}
      />
      <Autocomplete.Portal {...floating}>
        <Autocomplete.Positioner className="ops-floating" sideOffset={4} collisionPadding={8} positionMethod="fixed">
          <Autocomplete.Popup className="ops-choices">
            <Autocomplete.List className="ops-choices-list">
              {(item: Suggestion) => (
                <Autocomplete.Item key={item.text} value={item} className="ops-choices-item">
                  <span className="ops-choices-text">{item.text}</span>
                  <span className="ops-choice-detail">{item.count.toLocaleString(locale)}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  )
}
