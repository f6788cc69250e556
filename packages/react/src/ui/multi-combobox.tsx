import { Combobox as Base } from '@base-ui/react/combobox'
import { X } from 'lucide'
import { useState } from 'react'
import { useOpsContext } from '../provider/ops-context.ts'
import type { Choice } from './choice.ts'
import { ComboboxChoices, isLeaving } from './combobox-choices.tsx'
import { Field, type FieldProps } from './field.tsx'
import { Icon } from './icon.tsx'
import { useControlTexts } from './use-control-texts.ts'

export interface MultiComboboxProps extends FieldProps {
  /** What is chosen, with the labels to show. */
  readonly value: readonly Choice[]
  onChange(values: readonly string[]): void
  readonly choices: readonly Choice[]
  readonly placeholder?: string
  /** Gets what is typed, where the choices come from somewhere; they are then not narrowed down here. */
  onSearch?(text: string): void
  onOpenChange?(isOpen: boolean): void
}

/** Chooses several, each shown as a chip. */
export function MultiCombobox(props: MultiComboboxProps) {
  const { value, onChange, choices, placeholder = '', onSearch, onOpenChange } = props
  const { locale } = useOpsContext()
  const translate = useControlTexts()
  const [text, setText] = useState('')
  const type = (next: string) => {
    setText(next)
    onSearch?.(next)
  }
  return (
    <Field {...props}>
      <Base.Root<Choice, true>
        multiple
        items={choices}
        value={[...value]}
        onValueChange={(next, details) => {
          if (isLeaving(details)) return
          type('')
          onChange(next.map((choice) => choice.value))
        }}
        inputValue={text}
        onInputValueChange={type}
        onOpenChange={(isOpen) => onOpenChange?.(isOpen)}
        isItemEqualToValue={(a, b) => a.value === b.value}
        itemToStringLabel={({ label }) => label}
        locale={locale}
        autoHighlight
        {...(onSearch && { filter: null })}
      >
        <Base.Chips className="ops-input ops-values">
          {value.map((choice) => (
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
          <Base.Input className="ops-values-input" placeholder={value.length === 0 ? placeholder : ''} />
        </Base.Chips>
        <ComboboxChoices none={translate('field.no-choices')} />
      </Base.Root>
    </Field>
  )
}
