import type { Json, OptionSettings } from '@opslayer/core/values'
import { useState } from 'react'
import { optionOf } from '../cells/tones.ts'
import { useDistinct } from '../data/use-rows.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import type { Choice } from '../ui/choice.ts'
import { Combobox } from '../ui/combobox.tsx'
import { MultiCombobox } from '../ui/multi-combobox.tsx'
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
  const [search, setSearch] = useState('')
  const [isOpen, setOpen] = useState(false)
  const suggested = useChoices(column, search, isOpen)
  const typed = search.trim()
  const isNew = !hasOptions(column) && typed !== '' && !suggested.some((choice) => choice.value === typed)
  const added = { value: typed, label: translate('filter.add-value', { text: typed }) }
  return (
    <MultiCombobox
      label={translate('filter.values')}
      isLabelHidden
      placeholder={translate('filter.choose-value')}
      value={(Array.isArray(value) ? value : []).map((each) => choiceOf(column, String(each)))}
      onChange={(values) => onChange(values.length === 0 ? undefined : [...values])}
      choices={isNew ? [...suggested, added] : suggested}
      onOpenChange={setOpen}
      {...(!hasOptions(column) && { onSearch: setSearch })}
    />
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
