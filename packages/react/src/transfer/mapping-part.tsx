import { ArrowRight } from 'lucide'
import { typeChoices } from '../columns/type-choices.ts'
import type { FileColumn, ImportPlan, ImportProposal } from '../data/client/imports-calls.ts'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { useColumnTypes } from '../provider/column-types.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useValueWords } from '../provider/value-words.ts'
import { Icon } from '../ui/icon.tsx'
import { Select } from '../ui/select.tsx'
import { columnChoices } from '../views/column-choices.ts'
import { targetOf, withNewColumn, withTarget } from './plan-edits.ts'

export interface MappingPartProps {
  readonly proposal: ImportProposal
  readonly plan: ImportPlan
  /** Columns of the table that is there; none if it is to be made. */
  readonly columns: readonly TableColumn[]
  onChange(plan: ImportPlan): void
}

/** Where each column of the file goes, with what is in it and why it is thought to be that. */
export function MappingPart({ proposal, plan, columns, onChange }: MappingPartProps) {
  const { translate } = useOpsContext()
  return (
    <ul className="ops-mapping" aria-label={translate('import.columns')}>
      {proposal.columns.map((column) => (
        <MappedColumn key={column.index} column={column} plan={plan} columns={columns} onChange={onChange} />
      ))}
    </ul>
  )
}

function MappedColumn(props: Omit<MappingPartProps, 'proposal'> & { readonly column: FileColumn }) {
  const { column, plan, columns, onChange } = props
  const { translate } = useOpsContext()
  const words = useValueWords()
  const types = Object.values(useColumnTypes())
  const target = targetOf(plan, column.index)
  const value =
    typeof target === 'object'
      ? (columns.find(({ id, key }) => id === target.columnId || key === target.columnId)?.id ?? 'leave')
      : target
  const to = plan.columns.find(({ index }) => index === column.index)?.to
  const header = column.header === '' ? translate('import.no-header', { place: column.index + 1 }) : column.header
  const because =
    typeof target === 'object' && column.match?.columnId === value ? column.match.because : column.evidence[0]
  return (
    <li className="ops-mapping-line" data-left={value === 'leave' || undefined}>
      <div className="ops-mapping-from">
        <strong>{header}</strong>
        <span className="ops-mapping-examples">{column.examples.slice(0, 3).join(' · ')}</span>
      </div>
      <span className="ops-mapping-arrow">
        <Icon icon={ArrowRight} size={14} />
      </span>
      <div className="ops-mapping-to">
        <Select
          label={translate('import.to', { name: header })}
          isLabelHidden
          value={value}
          onChange={(next) =>
            onChange(withTarget(plan, column, next === 'leave' || next === 'new' ? next : { columnId: next }))
          }
          choices={[
            { value: 'leave', label: translate('import.leave') },
            { value: 'new', label: translate('import.new-column') },
            ...columnChoices(columns.filter(({ formula }) => formula === null)),
          ]}
        />
        {to?.kind === 'new' ? (
          <div className="ops-mapping-new">
            <input
              className="ops-input"
              aria-label={translate('import.new-name', { name: header })}
              value={to.name}
              maxLength={100}
              onChange={(event) => onChange(withNewColumn(plan, column.index, { name: event.target.value }))}
            />
            <Select
              label={translate('import.new-type', { name: header })}
              isLabelHidden
              value={to.type}
              onChange={(type) => onChange(withNewColumn(plan, column.index, { type }))}
              choices={typeChoices(types, words)}
            />
          </div>
        ) : null}
        {because === undefined || value === 'leave' ? null : (
          <span className="ops-soft">{translate.said(because)}</span>
        )}
      </div>
    </li>
  )
}
