import type { Json } from '@opslayer/core/values'
import { useDeferredValue, useState } from 'react'
import { opsFault } from '../data/ops-fault.ts'
import { usePartOptions } from '../data/use-plugins.ts'
import type { FormControlProps } from '../forms/form-fields.tsx'
import { useOpsContext } from '../provider/ops-context.ts'
import { Chip } from '../ui/chip.tsx'
import type { Choice } from '../ui/choice.ts'
import { Combobox } from '../ui/combobox.tsx'
import { usePartPlace } from './part-place.ts'

/** A field whose choices come from the vendor: campaigns, lists, properties. */
export function VendorChoices({ field, value, onChange, error }: FormControlProps) {
  const { translate } = useOpsContext()
  const { canAsk, ...place } = usePartPlace()
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed)
  const options = usePartOptions({ ...place, field: field.key, search }, canAsk)
  const known = (options.data ?? []).map(
    ({ value: id, label, description }): Choice => ({ value: id, label, ...(description && { detail: description }) }),
  )
  const nameOf = (id: string) => known.find((choice) => choice.value === id)?.label ?? id
  const shared = {
    label: field.required ? field.label : translate('form.optional', { label: field.label }),
    help: field.help,
    error: error ?? (options.error === null ? undefined : opsFault(options.error).message),
    onSearch: setTyped,
    isLoading: options.isFetching,
    isDisabled: !canAsk,
  }
  if (field.kind !== 'list') {
    const chosen = typeof value === 'string' && value !== '' ? value : null
    // What is chosen stays one of the choices while others are looked for.
    const choices =
      chosen === null || known.some((choice) => choice.value === chosen)
        ? known
        : [{ value: chosen, label: chosen }, ...known]
    return (
      <Combobox
        {...shared}
        canClear={!field.required}
        placeholder={field.placeholder ?? translate('form.choose')}
        value={chosen}
        onChange={(next) => onChange(next ?? undefined)}
        choices={choices}
      />
    )
  }
  const chosen = Array.isArray(value) ? value.map(String) : []
  const set = (next: readonly string[]) => onChange(next.length === 0 ? undefined : ([...next] as Json))
  return (
    <div className="ops-section">
      <Combobox
        {...shared}
        placeholder={translate('fill.choose-options')}
        value={null}
        onChange={(next) => next !== null && set([...chosen, next])}
        choices={known.filter((choice) => !chosen.includes(choice.value))}
      />
      <div className="ops-chips-list">
        {chosen.map((id) => (
          <Chip
            key={id}
            onRemove={() => set(chosen.filter((each) => each !== id))}
            removeLabel={translate('fill.remove-option', { name: nameOf(id) })}
          >
            {nameOf(id)}
          </Chip>
        ))}
      </div>
    </div>
  )
}
