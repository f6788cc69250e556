import { Combobox as Base } from '@base-ui/react/combobox'
import type { Json, OptionSettings } from '@opslayer/core/values'
import { Check, X } from 'lucide'
import { useState } from 'react'
import { optionOf } from '../cells/tones.ts'
import { useDistinct } from '../data/use-rows.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import type { Choice } from '../ui/choice.ts'
import { ChoiceContent } from '../ui/choice-content.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { Icon } from '../ui/icon.tsx'
import { useLayer } from '../ui/layer.tsx'
import type { FilterColumn } from './filter-columns.ts'
import { useFilterPlace } from './filter-place.ts'

interface ValuesFieldProps {
  readonly column: FilterColumn
  readonly value: Json | undefined
  onChange(value: Json | undefined): void
}

/** One option of the column. */
export function OptionField({ column, value, onChange }: ValuesFieldProps) {
  const { translate } = useOpsContext()
  const choices = useChoices(column, '', true)
  return (
    <Combobox
      label={translate('filter.value')}
      isLabelHidden
      placeholder={translate('filter.choose-value')}
      value={typeof value === 'string' ? value : null}
      onChange={(next) => onChange(next ?? undefined)}
      choices={choices}
    />
  )
}

/** Several values, each as a chip; options by their names, texts as they are typed or suggested. */
export function ValuesField({ column, value, onChange }: ValuesFieldProps) {
  const { translate } = useOpsContext()
  const layer = useLayer()
  const [search, setSearch] = useState('')
  const [isOpen, setOpen] = useState(false)
  const chosen = (Array.isArray(value) ? value : []).map((each): Choice => choiceOf(column, String(each)))
  const suggested = useChoices(column, search, isOpen)
  const typed = search.trim()
  const isNew = !hasOptions(column) && typed !== '' && !suggested.some((choice) => choice.value === typed)
  const choices = isNew
    ? [...suggested, { value: typed, label: translate('filter.add-value', { text: typed }) }]
    : suggested
  return (
    <Base.Root<Choice, true>
      multiple
      items={choices}
      value={chosen}
      onValueChange={(next, details) => {
        if (details.reason === 'escape-key') {
          // Escape is for the window around, not for what was chosen.
          details.cancel()
          details.allowPropagation()
          return
        }
        setSearch('')
        onChange(next.length === 0 ? undefined : next.map((choice) => choice.value))
      }}
      inputValue={search}
      onInputValueChange={setSearch}
      open={isOpen}
      onOpenChange={(open) => setOpen(open)}
      isItemEqualToValue={(a, b) => a.value === b.value}
      itemToStringLabel={({ label }) => label}
      autoHighlight
      {...(!hasOptions(column) && { filter: null })}
    >
      <Base.Chips className="ops-input ops-values">
        {chosen.map((choice) => (
          <Base.Chip
            key={choice.value}
            className={choice.tone === undefined ? 'ops-value' : `ops-value ops-tone-${choice.tone}`}
            aria-label={choice.label}
          >
            {choice.label}
            <Base.ChipRemove className="ops-value-remove" aria-label={translate('field.clear')}>
              <Icon icon={X} size={11} />
            </Base.ChipRemove>
          </Base.Chip>
        ))}
        <Base.Input
          className="ops-values-input"
          aria-label={translate('filter.values')}
          placeholder={chosen.length === 0 ? translate('filter.choose-value') : ''}
        />
      </Base.Chips>
      <Base.Portal container={layer} className="ops-root">
        <Base.Positioner className="ops-floating" sideOffset={4} collisionPadding={8} positionMethod="fixed">
          <Base.Popup className="ops-choices">
            <Base.Empty>
              <div className="ops-choices-none">{translate('filter.no-values')}</div>
            </Base.Empty>
            <Base.List className="ops-choices-list">
              {(choice: Choice) => (
                <Base.Item key={choice.value} value={choice} className="ops-choices-item">
                  <span className="ops-choices-text">
                    <ChoiceContent choice={choice} />
                  </span>
                  <Base.ItemIndicator className="ops-choices-mark">
                    <Icon icon={Check} size={14} />
                  </Base.ItemIndicator>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** What can be chosen, with how many rows hold it. */
function useChoices(column: FilterColumn, search: string, isAsked: boolean): readonly Choice[] {
  const { locale } = useOpsContext()
  const { tableId } = useFilterPlace()
  const isOfOptions = hasOptions(column)
  const asked = { column: column.id, ...(!isOfOptions && search !== '' && { search }) }
  const distinct = useDistinct(tableId, asked, { enabled: isAsked })
  const counts = new Map((distinct.data ?? []).map(({ value, count }) => [String(value), count]))
  const values = isOfOptions
    ? (column.settings as Pick<OptionSettings, 'options'>).options.map(({ id }) => id)
    : [...counts.keys()]
  return values.map((value) => {
    const count = counts.get(value)
    return { ...choiceOf(column, value), ...(count !== undefined && { detail: count.toLocaleString(locale) }) }
  })
}

function hasOptions({ settings }: FilterColumn): boolean {
  return typeof settings === 'object' && settings !== null && 'options' in settings
}

function choiceOf(column: FilterColumn, value: string): Choice {
  if (!hasOptions(column)) return { value, label: value }
  const { name, color } = optionOf(column.settings, value)
  return { value, label: name, tone: color }
}
