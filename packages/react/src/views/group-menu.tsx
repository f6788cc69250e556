import type { TableColumn } from '../data/client/tables-calls.ts'
import type { GroupBy, GroupPeriod } from '../data/client/views-calls.ts'
import { useColumnTypes } from '../provider/column-types.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Select } from '../ui/select.tsx'
import { hasPeriods } from './column-choices.ts'
import { DirectionSelect, LevelList } from './level-list.tsx'
import { type LevelsOptions, useGroupLevels } from './use-levels.ts'

const periods: readonly GroupPeriod[] = ['day', 'week', 'month', 'quarter', 'year']

export interface GroupMenuProps extends LevelsOptions<GroupBy> {}

/** The levels by which rows are grouped, the outermost first. */
export function GroupMenu(props: GroupMenuProps) {
  const { translate } = useOpsContext()
  const groups = useGroupLevels(props)
  return (
    <LevelList
      levels={groups}
      texts={{
        none: translate('group.none'),
        column: translate('group.column'),
        remove: translate('group.remove'),
        add: translate('group.add'),
        clear: translate('group.clear'),
      }}
      // Periods of one column make no sense of another.
      onColumn={(level, column) => groups.replace(level, { column })}
      renderRest={(level) => (
        <>
          <PeriodChoice
            column={groups.columnOf(level)}
            level={level}
            onChange={(by) => groups.replace(level, { ...level, by })}
          />
          <DirectionSelect dir={level.dir} onChange={(dir) => groups.replace(level, { ...level, dir })} />
        </>
      )}
    />
  )
}

interface PeriodChoiceProps {
  readonly column: TableColumn | undefined
  readonly level: GroupBy
  onChange(by: GroupPeriod): void
}

function PeriodChoice({ column, level, onChange }: PeriodChoiceProps) {
  const { translate } = useOpsContext()
  const types = useColumnTypes()
  const kind = column === undefined ? null : hasPeriods(column, types)
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
