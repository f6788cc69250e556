import type { OpsRun, RunLogEntry } from '../data/client/runs-calls.ts'
import { useOpsClient } from '../data/data-context.ts'
import { opsFault } from '../data/ops-fault.ts'
import { queryKeys } from '../data/query-keys.ts'
import { useOpsQuery } from '../data/use-ops-query.ts'
import { useRunLog } from '../data/use-runs.ts'
import { actorOfText, useActorName } from '../people/use-actor-name.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { TimeText } from '../rows/time-text.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ActionResults } from './action-results.tsx'
import { MoreButton } from './more-button.tsx'

/** What happened to a run, and for actions and sources what became of their rows. */
export function RunDetails({ run }: { readonly run: OpsRun }) {
  const isSource = run.kind === 'source' || run.kind === 'sync'
  return (
    <div className="ops-run-details">
      <RunLog run={run} />
      {run.kind === 'action' ? <ActionResults runId={run.id} /> : null}
      {isSource ? <SourceProblems runId={run.id} /> : null}
    </div>
  )
}

function RunLog({ run: { id: runId, error } }: { readonly run: OpsRun }) {
  const { translate } = useOpsContext()
  const log = useRunLog(runId)
  if (log.error !== null) return <p className="ops-field-error">{translate.said(opsFault(log.error).message)}</p>
  if (log.isLoading) return <Skeleton lines={2} label={translate('runs.log')} />
  return (
    <section aria-label={translate('runs.log')}>
      <ul className="ops-run-log">
        {log.items.map((entry) => (
          <li key={JSON.stringify(entry)}>
            <TimeText at={entry.at} /> <LogText entry={entry} above={error?.message ?? null} />
          </li>
        ))}
      </ul>
      {log.items.length === 0 ? <p className="ops-soft">{translate('runs.log-none')}</p> : null}
      <MoreButton pages={log} size="small" />
    </section>
  )
}

interface LogTextProps {
  readonly entry: RunLogEntry
  /** What stands over the log already, and is not said again. */
  readonly above: string | null
}

function LogText({ entry, above }: LogTextProps) {
  const { translate } = useOpsContext()
  const nameOf = useActorName()
  const { state, code, message, by, requested } = entry
  return (
    <>
      {requested === null ? translate(`run.${state}`) : translate(`runs.log-asked-${requested}`)}
      {by === null ? null : ` ${translate('runs.log-by', { who: nameOf(actorOfText(by)) })}`}
      {message === null || message === above ? null : <span className="ops-soft"> — {translate.said(message)}</span>}
      {code === null || state === 'paused' ? null : <code className="ops-key"> {code}</code>}
    </>
  )
}

function SourceProblems({ runId }: { readonly runId: string }) {
  const { translate } = useOpsContext()
  const client = useOpsClient()
  const problems = useOpsQuery({
    queryKey: [...queryKeys.runLog(runId), 'problems'],
    queryFn: ({ signal }) => client.sources.problems.query({ runId }, { signal }),
  }).data
  if (problems === undefined || problems.length === 0) return null
  return (
    <section aria-label={translate('runs.problems')}>
      <h2 className="ops-field-label">{translate('runs.problems')}</h2>
      <ul className="ops-run-log">
        {problems.map(({ kind, field, message, count }) => (
          <li key={`${kind} ${field} ${message}`}>
            {count} × {field}: {translate.said(message)}
          </li>
        ))}
      </ul>
    </section>
  )
}
