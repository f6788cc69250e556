import { CSPProvider } from '@base-ui/react/csp-provider'
import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide'
import type { Choice } from './choice.ts'
import { ChoiceContent } from './choice-content.tsx'
import { Field, type FieldProps } from './field.tsx'
import { Icon } from './icon.tsx'
import { useFloating } from './layer.tsx'

export interface SelectProps<Value extends string> extends FieldProps {
  readonly value: Value | null
  onChange(value: NoInfer<Value>): void
  readonly choices: readonly Choice<Value>[]
  readonly placeholder?: string | undefined
  readonly size?: 'normal' | 'small'
}

/** Chooses one of a few. Typing jumps; for many, see `Combobox`. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { value, onChange, choices, placeholder, size = 'normal' } = props
  const floating = useFloating()
  const chosen = choices.find((choice) => choice.value === value)
  return (
    <CSPProvider disableStyleElements>
      <Field {...props}>
        <Base.Root<Value>
          items={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
          value={value}
          onValueChange={(next) => {
            if (next !== null) onChange(next)
          }}
          modal={false}
        >
          <Base.Trigger className="ops-input ops-select" data-size={size}>
            {chosen === undefined ? (
              <Base.Value className="ops-placeholder" placeholder={placeholder ?? ''} />
            ) : (
              <Base.Value>{() => <ChoiceContent choice={chosen} />}</Base.Value>
            )}
            <Base.Icon className="ops-select-icon">
              <Icon icon={ChevronsUpDown} size={13} />
            </Base.Icon>
          </Base.Trigger>
          <Base.Portal {...floating}>
            <Base.Positioner
              className="ops-floating"
              alignItemWithTrigger={false}
              sideOffset={4}
              collisionPadding={8}
              positionMethod="fixed"
            >
              <Base.Popup className="ops-choices">
                <Base.List className="ops-choices-list">
                  {choices.map((choice) => (
                    <Base.Item key={choice.value} value={choice.value} className="ops-choices-item">
                      <Base.ItemText render={<span className="ops-choices-text" />}>
                        <ChoiceContent choice={choice} />
                      </Base.ItemText>
                      <Base.ItemIndicator className="ops-choices-mark">
                        <Icon icon={Check} size={14} />
                      </Base.ItemIndicator>
                    </Base.Item>
                  ))}
                </Base.List>
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      </Field>
    </CSPProvider>
  )
}
