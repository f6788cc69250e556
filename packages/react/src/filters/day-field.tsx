import { useOpsContext } from '../provider/ops-context.ts'

export interface DayFieldProps {
  readonly label: string
  /** `2026-11-20`, or empty. */
  readonly value: string
  onChange(value: string): void
}

/** A day, with the browser's own calendar, which is at home on every device. */
export function DayField({ label, value, onChange }: DayFieldProps) {
  const { locale } = useOpsContext()
  return (
    <input
      type="date"
      className="ops-input"
      lang={locale}
      aria-label={label}
      value={value.slice(0, 10)}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
