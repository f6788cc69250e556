import type { OpsPlugin } from '../data/client/plugins-calls.ts'
import type { TableColumn } from '../data/client/tables-calls.ts'
import type { FieldFaults } from '../forms/field-faults.ts'
import { ConnectionField } from './connection-field.tsx'
import { InputField } from './input-field.tsx'
import type { PartDraft, PartForms } from './part-draft.ts'
import type { PartPlace } from './part-place.ts'
import { PartSettings } from './part-settings.tsx'

export interface PartFieldsProps {
  readonly plugin: OpsPlugin
  readonly kind: PartPlace['kind']
  readonly part: PartForms & { readonly id: string }
  /** Where inputs are read from. @default the part has none */
  readonly table?: { readonly id: string; readonly columns: readonly TableColumn[] }
  readonly draft: PartDraft
  onChange(changes: Partial<PartDraft>): void
  readonly faults: FieldFaults
  /** Where all this stands in what is sent. @default at the top */
  readonly path?: readonly string[]
}

/** With what a part of a plugin is asked, whatever it is for: by which connection, with what of each row, and its settings. */
export function PartFields({ plugin, kind, part, table, draft, onChange, faults, path = [] }: PartFieldsProps) {
  const { connectionId, inputs, settings } = draft
  return (
    <>
      <ConnectionField
        plugin={plugin}
        value={connectionId}
        onChange={(chosen) => onChange({ connectionId: chosen })}
        error={faults.at(...path, 'connectionId')}
      />
      {table === undefined
        ? null
        : part.inputs?.fields.map((field) => (
            <InputField
              key={field.key}
              tableId={table.id}
              columns={table.columns}
              field={field}
              source={inputs[field.key] ?? null}
              onChange={(source) => onChange({ inputs: { ...inputs, [field.key]: source } })}
              error={faults.at(...path, 'inputs', field.key)}
            />
          ))}
      <PartSettings
        place={{
          plugin: plugin.id,
          kind,
          part: part.id,
          ...(connectionId !== null && { connectionId }),
          canAsk: plugin.methods.length === 0 || connectionId !== null,
        }}
        form={part.settings}
        values={settings}
        onChange={(next) => onChange({ settings: next })}
        faults={faults}
        path={[...path, 'settings']}
      />
    </>
  )
}
