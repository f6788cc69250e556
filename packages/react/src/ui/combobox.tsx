import { Combobox as Base } from '@base-ui/react/combobox'
import { ChevronsUpDown, X } from 'lucide'
import { type SyntheticEvent, useId, useMemo } from 'react'
import { useOpsContext } from '../provider/ops-context.ts'
import type { Choice } from './choice.ts'
import { ComboboxChoices, isLeaving } from './combobox-choices.tsx'
import { Field, type FieldProps } from './field.tsx'
import { Icon } from './icon.tsx'
import { useControlTexts } from './use-control-texts.ts'

export interface ComboboxProps<Value extends string> extends FieldProps {
  readonly value: Value | null
  onChange(value: NoInfer<Value> | null): void
  readonly choices: readonly Choice<Value>[]
  readonly placeholder?: string | undefined
  /** Whether nothing may be chosen. @default false */
  readonly canClear?: boolean
  /** Gets what is typed, where the choices come from somewhere; they are then not narrowed down here. */
  onSearch?(text: string): void
  /** Whether choices are on their way. @default false */
  readonly isLoading?: boolean
}

/** Enough to look through; typing narrows the list down. */
const mostShown = 200

/** Chooses one of many by typing a part of it. */
export function Combobox<Value extends string>(props: ComboboxProps<Value>) {
  const { value, onChange, choices, placeholder, canClear = false, onSearch, isLoading = false } = props
  const { locale } = useOpsContext()
  const translate = useControlTexts()
  const showId = useId()
  const chosenLabel = choices.find((choice) => choice.value === value)?.label
  // The same object while it is the same choice: another one would take the place of what is being typed.
  const chosen = useMemo(
    () => (value === null || chosenLabel === undefined ? null : { value, label: chosenLabel }),
    [value, chosenLabel],
  )
  /** What is typed then takes the place of the choice, rather than being added to its name. */
  const selectChosen = ({ currentTarget }: SyntheticEvent<HTMLInputElement>) => {
    if (currentTarget.value === chosenLabel) currentTarget.select()
  }
  return (
    <Field {...props}>
      <Base.Root<Choice<Value>>
        items={choices}
        value={chosen}
        onValueChange={(next, details) => {
          if (!isLeaving(details)) onChange(next?.value ?? null)
        }}
        itemToStringLabel={({ label }) => label}
        isItemEqualToValue={(a, b) => a.value === b.value}
        limit={mostShown}
        locale={locale}
        autoHighlight
        onInputValueChange={(text, details) => {
          if (!isLeaving(details)) onSearch?.(text)
        }}
        {...(onSearch && { filter: null })}
      >
        <Base.InputGroup className="ops-combobox">
          <Base.Input className="ops-input" placeholder={placeholder} onFocus={selectChosen} onClick={selectChosen} />
          <span className="ops-combobox-tools">
            {canClear && chosen !== null ? (
              <Base.Clear className="ops-combobox-tool" aria-label={translate('field.clear')}>
                <Icon icon={X} size={13} />
              </Base.Clear>
            ) : null}
            <Base.Trigger
              className="ops-combobox-tool"
              aria-label={translate('field.show-choices')}
              render={({ 'aria-labelledby': field, ...button }) => (
                // Its own name first, which that of the field would take the place of.
                <button {...button} id={showId} aria-labelledby={`${showId} ${field ?? ''}`} />
              )}
            >
              <Icon icon={ChevronsUpDown} size={13} />
            </Base.Trigger>
          </span>
        </Base.InputGroup>
        <ComboboxChoices none={translate(isLoading ? 'field.loading' : 'field.no-choices')} />
      </Base.Root>
    </Field>
  )
}
