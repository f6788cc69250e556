import { NumberField as Base } from '@base-ui/react/number-field'
import { ChevronDown, ChevronUp } from 'lucide'
import { useOpsContext } from '../provider/ops-context.ts'
import { Field, type FieldProps } from './field.tsx'
import { Icon } from './icon.tsx'
import { useControlTexts } from './use-control-texts.ts'

export interface NumberFieldProps extends FieldProps {
  readonly value: number | null
  onChange(value: number | null): void
  readonly min?: number | undefined
  readonly max?: number | undefined
  /** @default 1 */
  readonly step?: number
  readonly isInteger?: boolean
  readonly placeholder?: string | undefined
}

/** A number as the locale writes it, with arrows to step. */
export function NumberField(props: NumberFieldProps) {
  const { value, onChange, min, max, step = 1, isInteger = false, placeholder } = props
  const { locale } = useOpsContext()
  const translate = useControlTexts()
  return (
    <Field {...props}>
      <Base.Root
        className="ops-number"
        locale={locale}
        value={value}
        onValueChange={(next) => onChange(next)}
        step={step}
        {...(min !== undefined && { min })}
        {...(max !== undefined && { max })}
        format={{ maximumFractionDigits: isInteger ? 0 : 10 }}
      >
        <Base.Group className="ops-number-group">
          <Base.Input
            aria-roledescription={translate('field.number')}
            className="ops-input"
            placeholder={placeholder}
          />
          <span className="ops-number-steps">
            <Base.Increment className="ops-number-step" aria-label={translate('field.increase')}>
              <Icon icon={ChevronUp} size={12} />
            </Base.Increment>
            <Base.Decrement className="ops-number-step" aria-label={translate('field.decrease')}>
              <Icon icon={ChevronDown} size={12} />
            </Base.Decrement>
          </span>
        </Base.Group>
      </Base.Root>
    </Field>
  )
}
