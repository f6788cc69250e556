import type { Form, FormField } from '@opslayer/core/plugin'
import type { Json } from '@opslayer/core/values'
import type { ComponentType } from 'react'
import { useOpsContext } from '../provider/ops-context.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { Select } from '../ui/select.tsx'
import { Switch } from '../ui/switch.tsx'
import { TextField } from '../ui/text-field.tsx'
import { type FieldFaults, noFaults } from './field-faults.ts'
import { type FormValues, isRecord } from './form-values.ts'
import { JsonField } from './json-field.tsx'
import { ListField } from './list-field.tsx'

/** What a control of a form gets. */
export interface FormControlProps {
  readonly field: FormField
  readonly value: Json | undefined
  onChange(value: Json | undefined): void
  readonly error: string | undefined
}

export interface FormFieldsProps {
  readonly form: Form
  readonly values: FormValues
  onChange(values: FormValues): void
  readonly faults?: FieldFaults
  /** Where the form stands in what is sent. @default at the top */
  readonly path?: readonly (string | number)[]
  /** Controls in place of ours, by key: for choices that come from a vendor. */
  readonly controls?: Readonly<Record<string, ComponentType<FormControlProps>>>
}

/** The fields of a form that was made from a schema. */
export function FormFields(props: FormFieldsProps) {
  const { form, values, onChange, faults = noFaults, path = [], controls = {} } = props
  return (
    <>
      {form.fields.map((field) => {
        const at = [...path, field.key]
        const set = (value: Json | undefined) => onChange({ ...values, [field.key]: value })
        const value = values[field.key]
        if (field.kind === 'group') {
          return (
            <fieldset key={field.key} className="ops-group-field">
              <legend className="ops-field-label">{field.label}</legend>
              <FormFields
                form={field}
                values={isRecord(value) ? value : {}}
                onChange={(inside) => set(inside as Json)}
                faults={faults}
                path={at}
              />
            </fieldset>
          )
        }
        const Control = controls[field.key] ?? FormControl
        return <Control key={field.key} field={field} value={value} onChange={set} error={faults.at(...at)} />
      })}
    </>
  )
}

/** The control for one field, by its kind. */
function FormControl({ field, value, onChange, error }: FormControlProps) {
  const { translate } = useOpsContext()
  const { help, placeholder } = field
  const label =
    field.required || field.default !== undefined ? field.label : translate('form.optional', { label: field.label })
  const shared = { label, help, error }
  switch (field.kind) {
    case 'text': {
      const kind =
        field.secret === true
          ? 'password'
          : field.format === 'multiline' || field.format === 'email' || field.format === 'url'
            ? field.format
            : 'text'
      return (
        <TextField
          {...shared}
          kind={kind}
          value={typeof value === 'string' ? value : ''}
          onChange={(text) => onChange(text === '' ? undefined : text)}
          placeholder={placeholder}
          {...(field.secret === true && { isCode: true, autoComplete: 'new-password' })}
          {...(field.maxLength !== undefined && { maxLength: field.maxLength })}
        />
      )
    }
    case 'number':
      return (
        <NumberField
          {...shared}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => onChange(next ?? (field.nullable === true ? null : undefined))}
          isInteger={field.integer}
          min={field.minimum}
          max={field.maximum}
          placeholder={placeholder}
        />
      )
    case 'checkbox':
      return field.default === true || field.default === false ? (
        <Switch {...shared} checked={value === true} onChange={onChange} />
      ) : (
        <Checkbox {...shared} checked={value === true} onChange={onChange} />
      )
    case 'choice': {
      const choices = field.choices.map((choice) => ({ value: String(choice.value), label: choice.label }))
      return (
        <Select
          {...shared}
          value={value === undefined || value === null ? null : String(value)}
          onChange={(next) => onChange(field.choices.find((choice) => String(choice.value) === next)?.value)}
          choices={choices}
          placeholder={placeholder ?? translate('form.choose')}
        />
      )
    }
    case 'list':
      return <ListField {...shared} field={field} value={value} onChange={onChange} />
    case 'json':
      return <JsonField {...shared} value={value} onChange={onChange} />
    case 'group':
      return null
    default:
      return field satisfies never
  }
}
