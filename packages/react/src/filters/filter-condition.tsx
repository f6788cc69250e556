import { CircleOff, X } from 'lucide'
import { columnIcons } from '../cells/column-icons.ts'
import type { CellState } from '../data/client/views-calls.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import type { Translate } from '../provider/translator.ts'
import { valueWords } from '../provider/value-words.ts'
import { Combobox } from '../ui/combobox.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { onDemand } from '../ui/on-demand.ts'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { type FilterColumn, firstQuestion, operatorOf, withOperator } from './filter-columns.ts'
import type { DraftCondition, DraftQuestion } from './filter-draft.ts'
import { useFilterPlace } from './filter-place.ts'
import { NotLoadedLine } from './not-loaded-line.tsx'
import { OperandField } from './operand-field.tsx'

// The language of formulas is loaded once somebody asks by one.
const FormulaField = onDemand(
  () => import('./formula-field.tsx'),
  (module) => module.FormulaField,
  (_given, retry, error) => <NotLoadedLine onRetry={retry} error={error} />,
  () => <span className="ops-input" />,
)

/** One condition: what it is about, how it compares, and with what. */
export function FilterCondition({ condition }: { readonly condition: DraftCondition }) {
  const { translate } = useOpsContext()
  const { filter } = useFilterPlace()
  const fault = filter.fault(condition)
  return (
    <div className="ops-filter-condition" data-negated={condition.isNegated || undefined}>
      <div className="ops-filter-fields">
        <Question condition={condition} />
        <span className="ops-filter-tools">
          <IconButton
            icon={CircleOff}
            label={translate(condition.isNegated ? 'filter.unnegate' : 'filter.negate')}
            isPressed={condition.isNegated}
            onClick={() => filter.negate(condition.id, !condition.isNegated)}
          />
          <IconButton icon={X} label={translate('filter.remove')} onClick={() => filter.remove(condition.id)} />
        </span>
      </div>
      {fault === null ? null : (
        <p className="ops-filter-fault" role="alert">
          {translate.said(fault)}
        </p>
      )}
    </div>
  )
}

function Question({ condition }: { readonly condition: DraftCondition }) {
  const { translate } = useOpsContext()
  const { filter } = useFilterPlace()
  const ask = (question: DraftQuestion) => filter.ask(condition.id, question)
  switch (condition.kind) {
    case 'search':
      return (
        <span className="ops-filter-wide">
          <TextField
            label={translate('filter.search-for')}
            isLabelHidden
            placeholder={translate('filter.search-for')}
            value={condition.text}
            onChange={(text) => ask({ kind: 'search', text, columns: condition.columns })}
          />
        </span>
      )
    case 'formula':
      return (
        <span className="ops-filter-wide">
          <FormulaField question={condition} onChange={ask} />
        </span>
      )
    case 'cell':
    case 'state':
      return <ColumnQuestion condition={condition} ask={ask} />
    default:
      return condition satisfies never
  }
}

interface ColumnQuestionProps {
  readonly condition: Extract<DraftCondition, { kind: 'cell' | 'state' }>
  ask(question: DraftQuestion): void
}

/** Stands among the operators for what is asked of a cell's state, not of its value. */
const statePrefix = 'state:'

function ColumnQuestion({ condition, ask }: ColumnQuestionProps) {
  const { translate } = useOpsContext()
  const { filter } = useFilterPlace()
  const column = filter.byName.get(condition.column)
  if (column === undefined) return <span className="ops-filter-wide">{translate('filter.unknown')}</span>
  const choose = (columnId: string | null) => {
    const next = columnId === null ? undefined : filter.byName.get(columnId)
    if (next !== undefined && next.id !== column.id) ask(firstQuestion(next))
  }
  const chosen = condition.kind === 'cell' ? condition.op : `${statePrefix}${condition.states[0] ?? 'warning'}`
  const operator = condition.kind === 'cell' ? operatorOf(column, condition.op) : undefined
  return (
    <>
      <span className="ops-filter-column">
        <Combobox
          label={translate('filter.column')}
          isLabelHidden
          value={column.id}
          onChange={choose}
          choices={filter.columns.map(({ id, name, type }) => {
            const icon = columnIcons[type.id]
            return { value: id, label: name, ...(icon !== undefined && { icon }) }
          })}
        />
      </span>
      <span className="ops-filter-operator">
        <Select
          label={translate('filter.operator')}
          isLabelHidden
          value={chosen}
          choices={operatorChoices(column, translate)}
          onChange={(id) => {
            if (id.startsWith(statePrefix)) {
              const state = id.slice(statePrefix.length) as CellState
              ask({ kind: 'state', column: column.id, states: [state], code: undefined })
            } else {
              const asked = { kind: 'cell', column: column.id, op: chosen, value: undefined } as const
              ask(withOperator(condition.kind === 'cell' ? condition : asked, column, id))
            }
          }}
        />
      </span>
      {condition.kind === 'state' || operator === undefined || operator.operandKind === 'none' ? null : (
        <span className="ops-filter-value">
          <OperandField
            key={operator.operandKind}
            column={column}
            kind={operator.operandKind}
            value={condition.value}
            onChange={(value) => ask({ kind: 'cell', column: column.id, op: condition.op, value })}
          />
        </span>
      )}
    </>
  )
}

function operatorChoices(column: FilterColumn, translate: Translate) {
  const states: readonly CellState[] = column.isComputed ? ['failed', 'stale', 'queued', 'warning'] : ['warning']
  const operators: readonly { readonly id: string; readonly label: string }[] = column.type.operators
  return [
    ...operators.map(({ id, label }) => ({ value: id, label: valueWords(label, translate) })),
    ...states.map((state) => ({ value: `${statePrefix}${state}`, label: translate(`state.${state}`) })),
  ]
}
