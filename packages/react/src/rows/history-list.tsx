import type { ReactNode } from 'react'
import type { HistoryEntry } from '../data/client/history-calls.ts'
import type { OpsPages } from '../data/use-ops-pages.ts'
import { useActorName } from '../people/use-actor-name.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { TimeText } from './time-text.tsx'

export interface HistoryListProps<Entry extends HistoryEntry> {
  readonly pages: OpsPages<Entry>
  /** What an entry did, after the name of who did it. */
  words(entry: Entry): string
  /** What stands in those words at a place. @default words alone */
  readonly subject?: { readonly place: string; of(entry: Entry): ReactNode }
  details?(entry: Entry): ReactNode
  action?(entry: Entry): ReactNode
}

/** Entries of the change log, newest first. */
export function HistoryList<Entry extends HistoryEntry>(props: HistoryListProps<Entry>) {
  const { pages, words, subject, details, action } = props
  const { translate } = useOpsContext()
  const nameOf = useActorName()
  const { items, isLoading, error, hasMore, isLoadingMore, loadMore, retry } = pages
  if (isLoading) return <Skeleton lines={5} label={translate('table.loading')} />
  if (error !== null) return <NotRead title={translate('row.history')} error={error} onRetry={retry} />
  if (items.length === 0) return <EmptyState title={translate('history.none')} />
  return (
    <>
      <ol className="ops-history">
        {items.map((entry) => {
          const what = words(entry)
          const text = entry.role === 'do' ? what : translate(`history.${entry.role}`, { what })
          const [before, after] = subject === undefined ? [text] : text.split(subject.place, 2)
          return (
            <li key={entry.seq} className="ops-history-entry">
              <div className="ops-history-line">
                <span>
                  <strong>{nameOf(entry.actor)}</strong> {before}
                  {after === undefined ? null : subject?.of(entry)}
                  {after}
                </span>
                <span className="ops-history-when">
                  <TimeText at={entry.at} />
                </span>
              </div>
              {details?.(entry)}
              {action?.(entry)}
            </li>
          )
        })}
      </ol>
      {hasMore ? (
        <Button look="quiet" isBusy={isLoadingMore} onClick={loadMore}>
          {translate('history.more')}
        </Button>
      ) : null}
    </>
  )
}
