import { type FormField, formOf } from '@opslayer/core/plugin'
import type { Json } from '@opslayer/core/values'
import { useMemo } from 'react'
import type { FieldFaults } from '../forms/field-faults.ts'
import { FormFields } from '../forms/form-fields.tsx'
import type { FormValues } from '../forms/form-values.ts'
import { columnTypeIn, useColumnTypes } from '../provider/column-types.ts'
import { useValueWords } from '../provider/value-words.ts'
import type { OptionDraft } from './option-list.ts'
import { OptionsEditor } from './options-editor.tsx'
import { settingControls } from './setting-controls.tsx'

export interface TypeSettingsProps {
  readonly type: string
  readonly settings: FormValues
  onChange(settings: FormValues): void
  readonly faults: FieldFaults
}

/** The settings of a column type, as a form made from the type's own schema. */
export function TypeSettings({ type, settings, onChange, faults }: TypeSettingsProps) {
  const words = useValueWords()
  const types = useColumnTypes()
  const form = useMemo(() => {
    const schema = columnTypeIn(types, type)?.settings
    if (schema === undefined) return { fields: [] }
    const { fields } = formOf(schema as Parameters<typeof formOf>[0])
    const asked = fields.filter(({ key }) => key !== 'options')
    return { fields: asked.map((field) => inWords(field, words)) }
  }, [type, types, words])
  const { options } = settings
  return (
    <>
      {Array.isArray(options) ? (
        <OptionsEditor
          options={options as unknown as readonly OptionDraft[]}
          hasGroups={type === 'status'}
          onChange={(next) => onChange({ ...settings, options: next as unknown as Json })}
          faults={faults}
        />
      ) : null}
      <FormFields
        form={form}
        values={settings}
        onChange={onChange}
        faults={faults}
        path={['settings']}
        controls={settingControls[type] ?? {}}
      />
    </>
  )
}

function inWords(field: FormField, words: (english: string) => string): FormField {
  const label = words(field.label)
  if (field.kind !== 'choice') return { ...field, label }
  return { ...field, label, choices: field.choices.map((choice) => ({ ...choice, label: words(choice.label) })) }
}
