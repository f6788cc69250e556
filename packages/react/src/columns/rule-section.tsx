import { useMemo } from 'react'
import { FormulaEditor } from '../formula/formula-editor.tsx'
import { useOpsContext } from '../provider/ops-context.ts'
import { Switch } from '../ui/switch.tsx'
import { TextField } from '../ui/text-field.tsx'
import { ownColumn } from './column-draft.ts'
import { type SectionProps, ServerFault } from './default-section.tsx'

/** What a value must satisfy to be written, and what people are told when it does not. */
export function RuleSection({ tableId, columnId, draft, onChange, faults }: SectionProps) {
  const { translate } = useOpsContext()
  const { rule, hasRule } = draft
  const own = useMemo(() => (columnId === undefined ? ownColumn(draft) : undefined), [columnId, draft])
  return (
    <div className="ops-section">
      <Switch
        label={translate('column.rule')}
        help={translate('column.rule-help')}
        checked={hasRule}
        onChange={(next) => onChange({ ...draft, hasRule: next })}
      />
      {hasRule ? (
        <>
          <FormulaEditor
            tableId={tableId}
            own={own}
            label={translate('column.rule-formula')}
            value={rule.formula}
            onChange={(formula) => onChange({ ...draft, rule: { ...rule, formula } })}
            hasResults={false}
            placeholder={`@${own?.key ?? 'score'} >= 0 AND @${own?.key ?? 'score'} <= 100`}
          />
          <ServerFault text={faults.at('rule', 'formula')} />
          <TextField
            label={translate('column.rule-message')}
            placeholder={translate('column.rule-example')}
            value={rule.message}
            onChange={(message) => onChange({ ...draft, rule: { ...rule, message } })}
            error={faults.at('rule', 'message')}
            maxLength={300}
          />
        </>
      ) : null}
    </div>
  )
}
