import { type RefObject, useState } from 'react'
import { FormulaEditor } from '../formula/formula-editor.tsx'
import { columnTypeIn, useColumnTypes } from '../provider/column-types.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useValueWords } from '../provider/value-words.ts'
import { Select } from '../ui/select.tsx'
import { Switch } from '../ui/switch.tsx'
import { TextField } from '../ui/text-field.tsx'
import { withType } from './column-draft.ts'
import { DefaultSection, type SectionProps, ServerFault } from './default-section.tsx'
import { RuleSection } from './rule-section.tsx'
import { typeChoices } from './type-choices.ts'
import { TypeSettings } from './type-settings.tsx'

export interface ColumnFormProps extends SectionProps {
  readonly nameRef?: RefObject<HTMLInputElement | null>
}

/** The paths of what the form shows of a refusal. */
export const columnFormPaths = [
  'name',
  'description',
  'settings',
  'formula',
  'defaultValue',
  'defaultFormula',
  'rule',
  'unique',
].map((key) => [key])

/** Everything about a column but its type. */
export function ColumnForm(props: ColumnFormProps) {
  const { tableId, columnId, draft, onChange, faults, nameRef } = props
  const { translate } = useOpsContext()
  const types = useColumnTypes()
  const { formula } = draft
  return (
    <>
      <TextField
        label={translate('column.name')}
        value={draft.name}
        onChange={(name) => onChange({ ...draft, name })}
        error={faults.at('name')}
        maxLength={100}
        {...(nameRef && { inputRef: nameRef })}
      />
      {formula === null ? null : <FormulaPart {...props} formula={formula} />}
      {draft.type === '' ? null : (
        <TypeSettings
          type={draft.type}
          settings={draft.settings}
          onChange={(settings) => onChange({ ...draft, settings })}
          faults={faults}
        />
      )}
      {formula === null ? (
        <>
          <DefaultSection tableId={tableId} draft={draft} onChange={onChange} faults={faults} />
          <RuleSection tableId={tableId} columnId={columnId} draft={draft} onChange={onChange} faults={faults} />
        </>
      ) : null}
      {columnTypeIn(types, draft.type)?.canBeUnique === true && formula === null ? (
        <div className="ops-section">
          <Switch
            label={translate('column.unique')}
            help={translate('column.unique-help')}
            checked={draft.unique}
            onChange={(unique) => onChange({ ...draft, unique })}
            error={faults.at('unique')}
          />
        </div>
      ) : null}
      <TextField
        label={translate('form.optional', { label: translate('column.description') })}
        kind="multiline"
        value={draft.description}
        onChange={(description) => onChange({ ...draft, description })}
        error={faults.at('description')}
      />
    </>
  )
}

function FormulaPart({
  tableId,
  columnId,
  draft,
  onChange,
  faults,
  formula,
}: ColumnFormProps & { readonly formula: string }) {
  const { translate } = useOpsContext()
  const words = useValueWords()
  const [results, setResults] = useState<string | null>(null)
  const types = useColumnTypes()
  const storage = results === null ? undefined : columnTypeIn(types, results)?.storage
  const suited = Object.values(types).filter(
    (type) => type.storage === storage && !('options' in Object(type.settings.parse({}))),
  )
  const shown = draft.type === '' ? undefined : { type: draft.type, settings: draft.settings }
  return (
    <>
      <FormulaEditor
        tableId={tableId}
        columnId={columnId}
        value={formula}
        onChange={(next) => onChange({ ...draft, formula: next })}
        onCheck={({ columnType }) => setResults((before) => columnType ?? before)}
        {...(shown && { shown })}
      />
      <ServerFault text={faults.at('formula')} />
      {suited.length > 1 ? (
        <Select
          label={translate('column.shown-as')}
          value={draft.type === '' ? results : draft.type}
          onChange={(type) => onChange(withType(draft, type, types))}
          choices={typeChoices(suited, words)}
        />
      ) : null}
    </>
  )
}
