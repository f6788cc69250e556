import { Switch as Base } from '@base-ui/react/switch'
import { Field, type FieldProps } from './field.tsx'

export interface SwitchProps extends FieldProps {
  readonly checked: boolean
  onChange(checked: boolean): void
}

/** Turns something on that works at once or with the form around it. */
export function Switch({ checked, onChange, ...field }: SwitchProps) {
  return (
    <Field {...field} direction="row">
      <Base.Root className="ops-switch" checked={checked} onCheckedChange={(next) => onChange(next)}>
        <Base.Thumb className="ops-switch-thumb" />
      </Base.Root>
    </Field>
  )
}
