import type { FormulaFault } from '@opslayer/core/formula'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'

export interface FormulaFaultsProps {
  readonly id: string
  readonly source: string
  readonly faults: readonly FormulaFault[]
  onMend(source: string): void
}

/** What is wrong with a formula, and what was most likely meant, as a click. */
export function FormulaFaults({ id, source, faults, onMend }: FormulaFaultsProps) {
  const { translate } = useOpsContext()
  return (
    <div id={id} className="ops-formula-faults" role="status">
      {faults.map(({ start, end, message, suggestion }) => (
        <p key={`${start} ${message}`} className="ops-field-error">
          {translate.said(message)}
          {suggestion === undefined ? null : (
            <Button size="small" onClick={() => onMend(source.slice(0, start) + suggestion + source.slice(end))}>
              {translate('formula.mend', { text: suggestion })}
            </Button>
          )}
        </p>
      ))}
    </div>
  )
}
