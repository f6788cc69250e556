import { useState } from 'react'
import { FormulaEditor } from '../formula/formula-editor.tsx'
import { useOpsContext } from '../provider/ops-context.ts'
import { useFilterPlace } from './filter-place.ts'

/** A formula as a condition, with completion; rows are filtered by it once the server has found nothing wrong with it. */
export function FormulaField({ formula, onChange }: { readonly formula: string; onChange(formula: string): void }) {
  const { translate } = useOpsContext()
  const { tableId } = useFilterPlace()
  const [text, setText] = useState(formula)
  return (
    <FormulaEditor
      tableId={tableId}
      label={translate('filter.formula')}
      isLabelHidden
      hasResults={false}
      placeholder={translate('filter.formula-hint')}
      value={text}
      onChange={setText}
      onCheck={({ state, preview }) => {
        const isSettled = state === 'empty' || (state === 'good' && preview !== null)
        if (isSettled && text !== formula) onChange(text)
      }}
    />
  )
}
