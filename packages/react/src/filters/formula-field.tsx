import { useEffect, useState } from 'react'
import { useOpsClient } from '../data/data-context.ts'
import { queryKeys } from '../data/query-keys.ts'
import { useOpsQuery } from '../data/use-ops-query.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { TextField } from '../ui/text-field.tsx'
import { useFilterPlace } from './filter-place.ts'

/** Pause in typing before the server is asked, in milliseconds. */
const pauseMs = 300

/** A formula as a condition; the server says at once what is wrong with it. */
export function FormulaField({ formula, onChange }: { readonly formula: string; onChange(formula: string): void }) {
  const { translate } = useOpsContext()
  const { tableId } = useFilterPlace()
  const client = useOpsClient()
  const [text, setText] = useState(formula)
  const [settled, setSettled] = useState(formula)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  const check = useOpsQuery({
    queryKey: queryKeys.rows(tableId, 'check-formula', settled),
    queryFn: ({ signal }) => client.formulas.check.query({ tableId, source: settled }, { signal }),
    enabled: settled.trim() !== '',
  })
  const fault = check.data?.faults[0]?.message
  const isRight = check.data?.faults.length === 0
  useEffect(() => {
    if (isRight && settled !== formula) onChange(settled)
  })
  return (
    <span className="ops-filter-wide">
      <TextField
        label={translate('filter.formula')}
        isLabelHidden
        isCode
        placeholder={translate('filter.formula-hint')}
        value={text}
        onChange={setText}
        {...(fault !== undefined && settled === text && { error: fault })}
      />
    </span>
  )
}
