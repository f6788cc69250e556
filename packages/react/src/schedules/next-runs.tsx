import { useNextRuns } from '../data/use-schedules.ts'
import { useOpsContext } from '../provider/ops-context.ts'

/** When a schedule that is being written would be due. Nothing while what is written is no schedule. */
export function NextRuns({ cron, timeZone }: { readonly cron: string; readonly timeZone: string }) {
  const { translate, locale } = useOpsContext()
  const runs = useNextRuns(cron, timeZone).data
  if (runs === undefined || runs.length === 0) return null
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  })
  return (
    <div className="ops-next-runs">
      <span className="ops-field-label">{translate('schedule.next-runs')}</span>
      <ul>
        {runs.map((at) => (
          <li key={at}>
            <time dateTime={at}>{format.format(Date.parse(at))}</time>
          </li>
        ))}
      </ul>
    </div>
  )
}
