import type { RefObject } from 'react'
import type { OpsColumnPart, OpsPlugin } from '../data/client/plugins-calls.ts'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { FilterBuilder } from '../filters/filter-builder.tsx'
import type { FieldFaults } from '../forms/field-faults.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { NumberField } from '../ui/number-field.tsx'
import { Switch } from '../ui/switch.tsx'
import { TextField } from '../ui/text-field.tsx'
import type { FillDraft } from './fill-draft.ts'
import { PartFields } from './part-fields.tsx'

export interface FillFormProps {
  readonly tableId: string
  /** Columns that may be read. */
  readonly columns: readonly TableColumn[]
  readonly plugin: OpsPlugin
  readonly part: OpsColumnPart
  readonly draft: FillDraft
  onChange(draft: FillDraft): void
  readonly faults: FieldFaults
  readonly nameRef?: RefObject<HTMLInputElement | null>
}

/** Paths of what the form shows of a refusal. */
export const fillFormPaths = [['name'], ['fill', 'inputs'], ['fill', 'settings'], ['fill', 'connectionId']]

/** How a plugin is to fill a column: who is asked, with what, for which rows, and how much at most. */
export function FillForm(props: FillFormProps) {
  const { tableId, columns, plugin, part, draft, onChange, faults, nameRef } = props
  const { translate } = useOpsContext()
  const set = (changes: Partial<FillDraft>) => onChange({ ...draft, ...changes })
  return (
    <>
      <TextField
        label={translate('column.name')}
        value={draft.name}
        onChange={(name) => set({ name })}
        error={faults.at('name')}
        maxLength={100}
        {...(nameRef && { inputRef: nameRef })}
      />
      <PartFields
        plugin={plugin}
        kind="columnTypes"
        part={part}
        table={{ id: tableId, columns }}
        draft={draft}
        onChange={set}
        faults={faults}
        path={['fill']}
      />
      <div className="ops-section">
        <Switch
          label={translate('fill.condition')}
          help={translate('fill.condition-help')}
          checked={draft.hasCondition}
          onChange={(hasCondition) => set({ hasCondition })}
        />
        {draft.hasCondition ? (
          <FilterBuilder
            tableId={tableId}
            columns={columns}
            value={draft.condition}
            onChange={(condition) => set({ condition })}
          />
        ) : null}
      </div>
      <Switch
        label={translate('fill.auto')}
        help={translate('fill.auto-help')}
        checked={draft.auto}
        onChange={(auto) => set({ auto })}
      />
      <div className="ops-fill-limits">
        <NumberField
          label={translate('fill.per-run')}
          value={draft.perRun}
          onChange={(perRun) => set({ perRun })}
          isInteger
          min={1}
          placeholder={translate('fill.no-limit')}
        />
        <NumberField
          label={translate('fill.per-month')}
          value={draft.perMonth}
          onChange={(perMonth) => set({ perMonth })}
          isInteger
          min={1}
          placeholder={translate('fill.no-limit')}
        />
      </div>
    </>
  )
}
