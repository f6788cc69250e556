import type { Json, OperandKind } from '@opslayer/core/values'
import { useOpsContext } from '../provider/ops-context.ts'
import { useValueContext } from '../provider/use-value-context.ts'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { DayField } from './day-field.tsx'
import type { FilterColumn } from './filter-columns.ts'
import { JsonPathField } from './json-path-field.tsx'
import { PeriodField, SpanField } from './period-field.tsx'
import { SuggestedField } from './suggested-field.tsx'
import { OptionField, ValuesField } from './values-field.tsx'

export interface OperandFieldProps {
  readonly column: FilterColumn
  readonly kind: OperandKind
  readonly value: Json | undefined
  onChange(value: Json | undefined): void
}

/** The value of a condition, by what its operator takes and what its column holds. */
export function OperandField({ column, kind, value, onChange }: OperandFieldProps) {
  const { translate } = useOpsContext()
  const label = translate('filter.value')
  switch (kind) {
    case 'none':
      return null
    case 'value':
      return <OneValue label={label} column={column} value={value} onChange={onChange} />
    case 'range': {
      const [from, to] = Array.isArray(value) ? value : []
      return (
        <span className="ops-filter-range">
          <OneValue
            label={translate('filter.from')}
            column={column}
            value={from}
            onChange={(next) => onChange([next ?? null, to ?? null])}
          />
          <OneValue
            label={translate('filter.to')}
            column={column}
            value={to}
            onChange={(next) => onChange([from ?? null, next ?? null])}
          />
        </span>
      )
    }
    case 'text':
      return <SuggestedField column={column} value={textOf(value)} onChange={onChange} />
    case 'pattern':
      return (
        <TextField
          label={label}
          isLabelHidden
          isCode
          placeholder="^[a-z]+@"
          value={textOf(value)}
          onChange={onChange}
        />
      )
    case 'option':
      return <OptionField column={column} value={value} onChange={onChange} />
    case 'options':
    case 'values':
      return <ValuesField column={column} value={value} onChange={onChange} />
    case 'period':
      return <PeriodField value={textOf(value)} onChange={onChange} />
    case 'span':
      return <SpanField value={textOf(value)} onChange={onChange} />
    case 'json':
      return <JsonPathField value={value} onChange={onChange} />
    default:
      return kind satisfies never
  }
}

interface OneValueProps extends Omit<OperandFieldProps, 'kind'> {
  readonly label: string
}

function OneValue({ label, column, value, onChange }: OneValueProps) {
  const { translate } = useOpsContext()
  const context = useValueContext()
  const { storage } = column.type
  if (storage === 'boolean') {
    return (
      <Select
        label={label}
        isLabelHidden
        value={value === false ? 'no' : 'yes'}
        onChange={(next) => onChange(next === 'yes')}
        choices={[
          { value: 'yes', label: translate('filter.checked') },
          { value: 'no', label: translate('filter.unchecked') },
        ]}
      />
    )
  }
  if (storage === 'date' || storage === 'timestamptz') {
    return <DayField label={label} value={textOf(value)} onChange={onChange} />
  }
  const shown = typeof value === 'number' ? column.type.format(value, column.settings, context) : textOf(value)
  return <TextField label={label} isLabelHidden placeholder={label} value={shown} onChange={onChange} />
}

function textOf(value: Json | undefined): string {
  return value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
}
