import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Check, Minus } from 'lucide'
import { Field, type FieldProps } from './field.tsx'
import { Icon } from './icon.tsx'

export interface CheckboxProps extends FieldProps {
  readonly checked: boolean
  /** Some of what it stands for is checked. @default false */
  readonly isPartly?: boolean
  onChange(checked: boolean): void
}

export function Checkbox({ checked, isPartly = false, onChange, ...field }: CheckboxProps) {
  return (
    <Field {...field} direction="row">
      <Base.Root
        className="ops-check"
        checked={checked}
        indeterminate={isPartly}
        onCheckedChange={(next) => onChange(next)}
      >
        <Base.Indicator className="ops-check-mark">
          <Icon icon={isPartly ? Minus : Check} size={12} />
        </Base.Indicator>
      </Base.Root>
    </Field>
  )
}
