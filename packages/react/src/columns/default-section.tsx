import type { FieldFaults } from '../forms/field-faults.ts'
import { FormulaEditor } from '../formula/formula-editor.tsx'
import { useColumnTypes } from '../provider/column-types.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { SegmentedControl } from '../ui/segmented-control.tsx'
import { TextField } from '../ui/text-field.tsx'
import { type ColumnDraft, defaultFault } from './column-draft.ts'

export interface SectionProps {
  readonly tableId: string
  readonly columnId?: string | undefined
  readonly draft: ColumnDraft
  onChange(draft: ColumnDraft): void
  readonly faults: FieldFaults
}

/** What the cell of a new row holds: nothing, a value, or what a formula gives. */
export function DefaultSection({ tableId, draft, onChange, faults }: SectionProps) {
  const { translate, locale, timeZone } = useOpsContext()
  const context = { locale, timeZone, now: new Date() }
  const types = useColumnTypes()
  return (
    <div className="ops-section">
      <span className="ops-field-label">{translate('column.default')}</span>
      <SegmentedControl
        label={translate('column.default')}
        value={draft.start}
        onChange={(start) => onChange({ ...draft, start })}
        choices={[
          { value: 'empty', label: translate('column.default-empty') },
          { value: 'value', label: translate('column.default-value') },
          { value: 'formula', label: translate('column.default-formula') },
        ]}
      />
      {draft.start === 'value' ? (
        <TextField
          label={translate('column.default-value')}
          isLabelHidden
          value={draft.defaultValue}
          onChange={(defaultValue) => onChange({ ...draft, defaultValue })}
          error={faults.at('defaultValue') ?? defaultFault(draft, context, types)}
          kind={draft.type === 'long_text' || draft.type === 'json' ? 'multiline' : 'text'}
        />
      ) : null}
      {draft.start === 'formula' ? (
        <>
          <FormulaEditor
            tableId={tableId}
            label={translate('column.default-formula')}
            value={draft.defaultFormula}
            onChange={(defaultFormula) => onChange({ ...draft, defaultFormula })}
            hasResults={false}
            placeholder="TODAY() + 14"
          />
          <ServerFault text={faults.at('defaultFormula')} />
        </>
      ) : null}
    </div>
  )
}

/** What the server says of a field that has no place for it of its own. */
export function ServerFault({ text }: { readonly text: string | null | undefined }) {
  const { translate } = useOpsContext()
  return text == null ? null : (
    <p className="ops-field-error" role="alert">
      {translate.said(text)}
    </p>
  )
}
