import type { Form } from '@opslayer/core/plugin'
import { useMemo } from 'react'
import type { FieldFaults } from '../forms/field-faults.ts'
import { FormFields } from '../forms/form-fields.tsx'
import type { FormValues } from '../forms/form-values.ts'
import { type PartPlace, PartPlaceProvider } from './part-place.ts'
import { VendorChoices } from './vendor-choices.tsx'

export interface PartSettingsProps {
  readonly place: Omit<PartPlace, 'settings'>
  readonly form: Form
  readonly values: FormValues
  onChange(values: FormValues): void
  readonly faults: FieldFaults
  /** Where the settings stand in what is sent. */
  readonly path: readonly string[]
}

/** The settings of a plugin's part, as a form made from its schema; lists come from the vendor. */
export function PartSettings({ place, form, values, onChange, faults, path }: PartSettingsProps) {
  const controls = useMemo(
    () =>
      Object.fromEntries(form.fields.flatMap(({ key, dynamic }) => (dynamic === true ? [[key, VendorChoices]] : []))),
    [form],
  )
  return (
    <PartPlaceProvider value={{ ...place, settings: values }}>
      <FormFields form={form} values={values} onChange={onChange} faults={faults} path={path} controls={controls} />
    </PartPlaceProvider>
  )
}
