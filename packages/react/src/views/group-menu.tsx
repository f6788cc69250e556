import { Plus, X } from 'lucide'
import type { TableColumn } from '../data/client/tables-calls.ts'
import type { GroupBy, GroupPeriod } from '../data/client/views-calls.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Select } from '../ui/select.tsx'
import { canGroupBy, columnChoices, hasPeriods } from './column-choices.ts'
import { SortableList } from './sortable-list.tsx'

/** Levels that a view takes at most. */
const mostLevels = 3

/** Types of columns with few values. */
const likely: ReadonlySet<string> = new Set(['status', 'dropdown', 'checkbox', 'tags', 'company'])

const periods: readonly GroupPeriod[] = ['day', 'week', 'month', 'quarter', 'year']

export interface GroupMenuProps {
  readonly columns: readonly TableColumn[]
  readonly value: readonly GroupBy[]
  onChange(groupBy: readonly GroupBy[]): void
}

/** The levels by which rows are grouped, the outermost first. */
export function GroupMenu({ columns, value, onChange }: GroupMenuProps) {
  const { translate } = useOpsContext()
  const groupable = columns.filter(canGroupBy)
  const free = groupable.filter(({ id }) => !value.some(({ column }) => column === id))
  const columnOf = ({ column }: GroupBy) => columns.find(({ id }) => id === column)
  const change = (column: string, next: GroupBy) =>
    onChange(value.map((each) => (each.column === column ? next : each)))
  // People group by what has few values.
  const next = free.find(({ type }) => likely.has(type)) ?? free[0]
  return (
    <div className="ops-panel">
      {value.length === 0 ? <p className="ops-panel-none">{translate('group.none')}</p> : null}
      <SortableList
        items={value}
        idOf={({ column }) => column}
        nameOf={(level) => columnOf(level)?.name ?? level.column}
        onMove={onChange}
        renderItem={(level) => (
          <>
            <span className="ops-panel-grow">
              <Combobox
                label={translate('group.column')}
                isLabelHidden
                value={level.column}
                choices={columnChoices(
                  groupable.filter(({ id }) => id === level.column || free.some((each) => each.id === id)),
                )}
                onChange={(column) => column !== null && change(level.column, { column })}
              />
            </span>
            <PeriodChoice
              column={columnOf(level)}
              level={level}
              onChange={(by) => change(level.column, { ...level, by })}
            />
            <Select
              label={translate('sort.direction')}
              isLabelHidden
              value={level.dir ?? 'asc'}
              onChange={(dir) => change(level.column, { ...level, dir })}
              choices={[
                { value: 'asc', label: translate('sort.ascending') },
                { value: 'desc', label: translate('sort.descending') },
              ]}
            />
            <IconButton
              icon={X}
              label={translate('group.remove')}
              onClick={() => onChange(value.filter((other) => other !== level))}
            />
          </>
        )}
      />
      <div className="ops-panel-foot">
        {next === undefined || value.length >= mostLevels ? null : (
          <Button look="quiet" size="small" icon={Plus} onClick={() => onChange([...value, { column: next.id }])}>
            {translate('group.add')}
          </Button>
        )}
        {value.length === 0 ? null : (
          <Button look="quiet" size="small" onClick={() => onChange([])}>
            {translate('group.clear')}
          </Button>
        )}
      </div>
    </div>
  )
}

interface PeriodChoiceProps {
  readonly column: TableColumn | undefined
  readonly level: GroupBy
  onChange(by: GroupPeriod): void
}

function PeriodChoice({ column, level, onChange }: PeriodChoiceProps) {
  const { translate } = useOpsContext()
  const kind = column === undefined ? null : hasPeriods(column)
  if (kind === null) return null
  const offered = kind === 'date' ? (['value', ...periods] as const) : periods
  return (
    <Select
      label={translate('group.period')}
      isLabelHidden
      value={level.by ?? (kind === 'date' ? 'value' : 'day')}
      onChange={onChange}
      choices={offered.map((by) => ({ value: by, label: translate(`period.${by}`) }))}
    />
  )
}
