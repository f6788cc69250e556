import { type PeriodUnit, readRelativePeriod } from '@opslayer/core/values'
import { useOpsContext } from '../provider/ops-context.ts'
import { NumberField } from '../ui/number-field.tsx'
import { Select } from '../ui/select.tsx'
import { periodWords } from './filter-words.ts'

/** What people ask for most, nearest first. */
const presets = [
  'today',
  'yesterday',
  'tomorrow',
  'this_week',
  'last_week',
  'next_week',
  'this_month',
  'last_month',
  'next_month',
  'this_quarter',
  'last_quarter',
  'this_year',
  'last_7_days',
  'last_30_days',
  'last_90_days',
  'next_7_days',
  'next_30_days',
  'next_90_days',
] as const

const units: readonly PeriodUnit[] = ['day', 'week', 'month', 'quarter', 'year']
const custom = 'custom'
const mostUnits = 1_000

export interface PeriodFieldProps {
  /** As stored: `last_7_days`. */
  readonly value: string
  onChange(value: string): void
}

/** A stretch of days that moves with today. */
export function PeriodField({ value, onChange }: PeriodFieldProps) {
  const { translate } = useOpsContext()
  const period = readRelativePeriod(value)
  const isCustom = !presets.some((preset) => preset === value)
  const count = period?.count ?? 14
  const unit = period?.unit ?? 'day'
  const which = period?.which === 'next' ? 'next' : 'last'
  return (
    <span className="ops-filter-period">
      <Select
        label={translate('filter.period')}
        isLabelHidden
        value={isCustom ? custom : value}
        onChange={(next) => onChange(next === custom ? 'last_14_days' : next)}
        choices={[
          ...presets.map((preset) => ({ value: preset as string, label: periodWords(preset, translate) })),
          { value: custom, label: translate('filter.custom-period') },
        ]}
      />
      {isCustom ? (
        <span className="ops-filter-span">
          <Select
            label={translate('filter.which')}
            isLabelHidden
            value={which}
            onChange={(next) => onChange(`${next}_${count}_${unit}s`)}
            choices={[
              { value: 'last', label: translate('period.last') },
              { value: 'next', label: translate('period.next') },
            ]}
          />
          <Amount count={count} unit={unit} onChange={(n, of) => onChange(`${which}_${n}_${of}s`)} />
        </span>
      ) : null}
    </span>
  )
}

/** A length of time before today. */
export function SpanField({ value, onChange }: PeriodFieldProps) {
  const { translate } = useOpsContext()
  const [, count = '30', unit = 'day'] = /^(\d+)[_ ](day|week|month|quarter|year)s?$/.exec(value) ?? []
  return (
    <span className="ops-filter-span">
      <Amount count={Number(count)} unit={unit as PeriodUnit} onChange={(n, of) => onChange(`${n}_${of}s`)} />
      {translate('filter.ago')}
    </span>
  )
}

interface AmountProps {
  readonly count: number
  readonly unit: PeriodUnit
  onChange(count: number, unit: PeriodUnit): void
}

function Amount({ count, unit, onChange }: AmountProps) {
  const { translate } = useOpsContext()
  return (
    <>
      <NumberField
        label={translate('filter.amount')}
        isLabelHidden
        isInteger
        min={1}
        max={mostUnits}
        value={count}
        onChange={(next) => onChange(next ?? 1, unit)}
      />
      <Select
        label={translate('filter.unit')}
        isLabelHidden
        value={unit}
        onChange={(next) => onChange(count, next)}
        choices={units.map((each) => ({ value: each, label: translate(`unit.${each}`) }))}
      />
    </>
  )
}
