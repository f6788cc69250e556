import type { FormField } from '@opslayer/core/plugin'
import { SquareFunction, TextCursorInput } from 'lucide'
import { columnIcons } from '../cells/column-icons.ts'
import type { FillSource, TableColumn } from '../data/client/tables-calls.ts'
import { FormFields } from '../forms/form-fields.tsx'
import { FormulaEditor } from '../formula/formula-editor.tsx'
import { useOpsContext } from '../provider/ops-context.ts'
import type { Choice } from '../ui/choice.ts'
import { Combobox } from '../ui/combobox.tsx'

export interface InputFieldProps {
  readonly tableId: string
  readonly columns: readonly TableColumn[]
  readonly field: FormField
  readonly source: FillSource | null
  onChange(source: FillSource | null): void
  readonly error: string | undefined
}

/** Where one input of a part comes from: a column, a formula over the row, or one value for all. */
export function InputField(props: InputFieldProps) {
  const { tableId, columns, field, source, onChange, error } = props
  const { translate } = useOpsContext()
  const { label, required, columnTypes = [] } = field
  const { help: _help, ...bare } = field
  const suits = ({ type }: TableColumn) => columnTypes.some((each) => each === type)
  const ordered = [...columns.filter(suits), ...columns.filter((column) => !suits(column))]
  const choices: readonly Choice[] = [
    ...ordered.map(({ key, name, type }) => {
      const icon = columnIcons[type]
      return { value: `column:${key}`, label: name, ...(icon !== undefined && { icon }) }
    }),
    { value: 'formula', label: translate('fill.formula'), icon: SquareFunction },
    { value: 'value', label: translate('fill.value'), icon: TextCursorInput },
  ]
  const chosen =
    source === null ? null : 'column' in source ? `column:${source.column}` : 'formula' in source ? 'formula' : 'value'
  return (
    <div className="ops-section">
      <Combobox
        label={required ? label : translate('form.optional', { label })}
        help={field.help}
        error={error}
        canClear={!required}
        placeholder={translate('fill.choose-column')}
        value={chosen}
        onChange={(next) => onChange(sourceOf(next))}
        choices={choices}
      />
      {source !== null && 'formula' in source ? (
        <FormulaEditor tableId={tableId} value={source.formula} onChange={(formula) => onChange({ formula })} />
      ) : null}
      {source !== null && 'value' in source ? (
        <FormFields
          form={{ fields: [{ ...bare, required: true }] }}
          values={{ [field.key]: source.value ?? undefined }}
          onChange={(values) => onChange({ value: values[field.key] ?? null })}
        />
      ) : null}
    </div>
  )
}

function sourceOf(chosen: string | null): FillSource | null {
  if (chosen === null) return null
  if (chosen === 'formula') return { formula: '' }
  return chosen === 'value' ? { value: null } : { column: chosen.slice('column:'.length) }
}
