import { opsFault } from '../data/ops-fault.ts'
import { useActionLog } from '../data/use-actions.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Chip } from '../ui/chip.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { stateTones, stateWord } from './cell-origin.tsx'
import { MoreButton } from './more-button.tsx'

/** What an action did, row by row. */
export function ActionResults({ runId }: { readonly runId: string }) {
  const { translate } = useOpsContext()
  const log = useActionLog(runId)
  if (log.error !== null) return <p className="ops-field-error">{translate.said(opsFault(log.error).message)}</p>
  if (log.isLoading) return <Skeleton lines={3} label={translate('runs.rows')} />
  if (log.items.length === 0) return null
  return (
    <section aria-label={translate('runs.rows')}>
      <h2 className="ops-field-label">{translate('runs.rows')}</h2>
      <ul className="ops-run-log">
        {log.items.map(({ rowId, state, code, message, output }) => (
          <li key={rowId} className="ops-result-line">
            <Chip tone={stateTones[state === 'calling' ? 'running' : state] ?? 'gray'}>
              {stateWord(state === 'calling' ? 'running' : state, translate)}
            </Chip>
            <span>{translate('runs.row', { id: rowId })}</span>
            {code === null ? null : <code className="ops-key">{code}</code>}
            <span className="ops-soft ops-result-text">
              {message === null ? outputText(output) : translate.said(message)}
            </span>
          </li>
        ))}
      </ul>
      <MoreButton pages={log} size="small" />
    </section>
  )
}

/** What came back, in one line. */
function outputText(output: unknown): string {
  return output === null || output === undefined ? '' : JSON.stringify(output)
}
