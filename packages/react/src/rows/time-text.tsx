import { useOpsContext } from '../provider/ops-context.ts'

const steps = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 30],
  ['month', 12],
] as const

/** A moment as people say it: “3 hours ago”. */
export function relativeTime(at: string, locale: string, now = Date.now()): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  let amount = (Date.parse(at) - now) / 1_000
  for (const [unit, size] of steps) {
    if (Math.abs(amount) < size) return format.format(Math.round(amount), unit)
    amount /= size
  }
  return format.format(Math.round(amount), 'year')
}

/** A moment, relative, with the exact time on hover. */
export function TimeText({ at }: { readonly at: string }) {
  const { locale, timeZone } = useOpsContext()
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone })
  return (
    <time dateTime={at} title={exact.format(Date.parse(at))}>
      {relativeTime(at, locale)}
    </time>
  )
}
