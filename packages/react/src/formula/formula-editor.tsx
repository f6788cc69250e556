import { useEffect, useId } from 'react'
import { useTable } from '../data/use-tables.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { FormulaFaults } from './formula-faults.tsx'
import { FormulaInput } from './formula-input.tsx'
import { FormulaResults } from './formula-results.tsx'
import { type FormulaCheckState, type FormulaPlace, useFormulaCheck } from './use-formula-check.ts'
import { useFunctions } from './use-functions.ts'

export interface FormulaEditorProps extends FormulaPlace {
  readonly tableId: string
  readonly value: string
  onChange(value: string): void
  /** Called with what is known of it whenever that changes. */
  onCheck?(check: FormulaCheckState): void
  /** @default "Formula" */
  readonly label?: string
  /** Whether only screen readers get the label. @default false */
  readonly isLabelHidden?: boolean
  /** How results are shown. @default as their type is */
  readonly shown?: { readonly type: string; readonly settings: unknown }
  /** Whether results of the first rows are shown. @default true */
  readonly hasResults?: boolean
  readonly placeholder?: string
}

/** A field for a formula with its faults and its results for the first rows. */
export function FormulaEditor(props: FormulaEditorProps) {
  const { tableId, columnId, own, value, onChange, onCheck, label, shown, placeholder } = props
  const { isLabelHidden = false, hasResults = true } = props
  const { translate } = useOpsContext()
  const columns = useTable(tableId).data?.columns ?? []
  const functions = useFunctions()
  const check = useFormulaCheck(tableId, value, { columnId, own })
  const faultsId = useId()
  const { state, columnType } = check
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is told is told once for each state of the formula
  useEffect(() => onCheck?.(check), [state, columnType, check.preview, value])
  const name = label ?? translate('formula.label')
  return (
    <div className="ops-formula-editor">
      {isLabelHidden ? null : (
        <span className="ops-field-label" aria-hidden="true">
          {name}
        </span>
      )}
      <FormulaInput
        label={name}
        value={value}
        onChange={onChange}
        columns={[...columns.filter(({ id }) => id !== columnId), ...(own === undefined ? [] : [own])]}
        functions={functions}
        faults={check.faults}
        describedBy={faultsId}
        placeholder={placeholder ?? translate('formula.placeholder')}
      />
      <FormulaFaults id={faultsId} source={value} faults={check.faults} onMend={onChange} />
      {check.fault === null ? null : <p className="ops-field-error">{translate.said(check.fault)}</p>}
      {hasResults ? <FormulaResults tableId={tableId} check={check} {...(shown && { shown })} /> : null}
    </div>
  )
}
