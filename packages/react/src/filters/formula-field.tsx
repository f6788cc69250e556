import { FormulaEditor } from '../formula/formula-editor.tsx'
import { useOpsContext } from '../provider/ops-context.ts'
import type { DraftQuestion } from './filter-draft.ts'
import { useFilterPlace } from './filter-place.ts'

export type FormulaQuestion = Extract<DraftQuestion, { readonly kind: 'formula' }>

export interface FormulaFieldProps {
  readonly question: FormulaQuestion
  onChange(question: FormulaQuestion): void
}

/** A formula as a condition, with completion; rows are filtered by it once the server has found nothing wrong with it. */
export function FormulaField({ question, onChange }: FormulaFieldProps) {
  const { translate } = useOpsContext()
  const { tableId } = useFilterPlace()
  const { formula, typed = formula } = question
  return (
    <FormulaEditor
      tableId={tableId}
      label={translate('filter.formula')}
      isLabelHidden
      hasResults={false}
      placeholder={translate('filter.formula-hint')}
      value={typed}
      onChange={(next) => onChange({ kind: 'formula', formula, typed: next })}
      onCheck={({ state, preview }) => {
        const isSettled = state === 'empty' || (state === 'good' && preview !== null)
        if (isSettled && typed !== formula) onChange({ kind: 'formula', formula: typed })
      }}
    />
  )
}
