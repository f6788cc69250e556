import type { FormField } from '@opslayer/core/plugin'
import type { Json } from '@opslayer/core/values'
import { useOpsContext } from '../provider/ops-context.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import type { FieldProps } from '../ui/field.tsx'
import { TextField } from '../ui/text-field.tsx'

export interface ListFieldProps extends FieldProps {
  readonly field: Extract<FormField, { readonly kind: 'list' }>
  readonly value: Json | undefined
  onChange(value: Json | undefined): void
}

/** Several entries: a box for each choice, or free texts, one a line. */
export function ListField({ field, value, onChange, ...shared }: ListFieldProps) {
  const { translate } = useOpsContext()
  const entries = Array.isArray(value) ? (value as readonly Json[]) : []
  const set = (next: readonly Json[]) => onChange(next.length === 0 ? undefined : [...next])
  if (field.choices === undefined) {
    return (
      <TextField
        {...shared}
        kind="multiline"
        help={shared.help ?? translate('form.one-a-line')}
        value={entries.join('\n')}
        onChange={(text) => set(text === '' ? [] : text.split('\n'))}
      />
    )
  }
  const { choices } = field
  return (
    <fieldset className="ops-group-field">
      <legend className="ops-field-label">{shared.label}</legend>
      {choices.map((choice) => (
        <Checkbox
          key={String(choice.value)}
          label={choice.label}
          checked={entries.includes(choice.value)}
          onChange={(isChosen) =>
            set(
              choices.flatMap((each) =>
                (each.value === choice.value ? isChosen : entries.includes(each.value)) ? [each.value] : [],
              ),
            )
          }
        />
      ))}
      {shared.error === undefined ? null : <p className="ops-field-error">{translate.said(shared.error)}</p>}
      {shared.help == null ? null : <p className="ops-field-help">{shared.help}</p>}
    </fieldset>
  )
}
