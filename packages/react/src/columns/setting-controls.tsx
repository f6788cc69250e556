import type { ComponentType } from 'react'
import type { FormControlProps } from '../forms/form-fields.tsx'
import { useOpsContext } from '../provider/ops-context.ts'
import { Combobox } from '../ui/combobox.tsx'

/** Commonly asked for, and so first. */
const firstCurrencies = ['USD', 'EUR', 'GBP', 'CHF', 'JPY', 'CAD', 'AUD']

function CurrencyControl({ field, value, onChange, error }: FormControlProps) {
  const { locale } = useOpsContext()
  const names = new Intl.DisplayNames([locale], { type: 'currency' })
  const codes = [...new Set([...firstCurrencies, ...Intl.supportedValuesOf('currency')])]
  return (
    <Combobox
      label={field.label}
      error={error}
      value={typeof value === 'string' ? value : null}
      onChange={(code) => onChange(code ?? undefined)}
      choices={codes.map((code) => ({ value: code, label: `${code} – ${names.of(code) ?? code}` }))}
    />
  )
}

/** Controls of settings that a plain field does no justice to, by type and key. */
export const settingControls: Readonly<Record<string, Readonly<Record<string, ComponentType<FormControlProps>>>>> = {
  currency: { code: CurrencyControl },
}
