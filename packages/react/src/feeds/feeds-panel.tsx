import { Plus, RefreshCw, Rss, Trash2 } from 'lucide'
import { useState } from 'react'
import type { OpsFeed } from '../data/client/sources-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useFeedMutations, useFeeds } from '../data/use-feeds.ts'
import { useMay } from '../data/use-may.ts'
import { usePlugins } from '../data/use-plugins.ts'
import { useTables } from '../data/use-tables.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { relativeTime } from '../rows/time-text.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { focusFirstField } from '../ui/focus-first-field.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { FeedForm } from './feed-form.tsx'

/** Sources that are read into tables again and again: how they stand, syncing them, and making new ones. */
export function FeedsPanel() {
  const { translate } = useOpsContext()
  const mayDefine = useMay('feeds')
  const feeds = useFeeds()
  const [isMaking, setMaking] = useState(false)
  if (feeds.error !== null) {
    return (
      <ErrorState
        title={translate('work.feeds')}
        text={opsFault(feeds.error).message}
        onRetry={() => void feeds.refetch()}
      />
    )
  }
  if (feeds.data === undefined) return <Skeleton lines={4} label={translate('work.feeds')} />
  const make = mayDefine ? (
    <Button icon={Plus} onClick={() => setMaking(true)}>
      {translate('feeds.new')}
    </Button>
  ) : null
  return (
    <div className="ops-work">
      {feeds.data.length === 0 ? (
        isMaking ? null : (
          <EmptyState icon={Rss} title={translate('feeds.none')} text={translate('feeds.none-text')} action={make} />
        )
      ) : (
        <ul className="ops-connections">
          {feeds.data.map((feed) => (
            <FeedLine key={feed.id} feed={feed} mayDefine={mayDefine} />
          ))}
        </ul>
      )}
      {mayDefine && isMaking ? (
        <div ref={focusFirstField}>
          <FeedForm onDone={() => setMaking(false)} />
        </div>
      ) : feeds.data.length === 0 ? null : (
        <div>{make}</div>
      )}
    </div>
  )
}

interface FeedLineProps {
  readonly feed: OpsFeed
  readonly mayDefine: boolean
}

function FeedLine({ feed, mayDefine }: FeedLineProps) {
  const { translate, locale } = useOpsContext()
  const notices = useNotices()
  const maySync = useMay('runs.write')
  const { sync, delete: remove } = useFeedMutations()
  const [asks, setAsks] = useState(false)
  const { id, name, tableId, plugin, since, fault, columnsLeft } = feed
  const table = useTables().data?.find((each) => each.id === tableId)?.name
  const vendor = usePlugins().data?.find((each) => each.id === plugin)?.name
  const tell = (error: Error) => notices.show({ kind: 'error', text: opsFault(error).message })
  return (
    <li className="ops-connection">
      <div className="ops-connection-names">
        <strong>{name}</strong>
        <span className="ops-soft">
          {[
            `${vendor ?? plugin} → ${table ?? tableId}`,
            since === null ? translate('feeds.never') : translate('feeds.last', { when: relativeTime(since, locale) }),
          ].join(' · ')}
        </span>
        {fault === null ? null : <span className="ops-field-error">{translate.said(fault)}</span>}
        {columnsLeft.length === 0 ? null : (
          <span className="ops-soft">{translate('feeds.columns-left', { columns: columnsLeft.join(', ') })}</span>
        )}
      </div>
      {maySync ? (
        <Button
          size="small"
          icon={RefreshCw}
          isBusy={sync.isPending}
          disabled={fault !== null}
          onClick={() =>
            sync.mutate(id, {
              onSuccess: () => notices.show({ kind: 'done', text: translate('feeds.syncing', { name }) }),
              onError: tell,
            })
          }
        >
          {translate('feeds.sync')}
        </Button>
      ) : null}
      {mayDefine ? (
        <IconButton icon={Trash2} label={translate('feeds.delete', { name })} onClick={() => setAsks(true)} />
      ) : null}
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        title={translate('feeds.delete-title', { name })}
        text={translate('feeds.delete-text')}
        confirmLabel={translate('feeds.delete', { name })}
        isDangerous
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate(id, { onSuccess: () => setAsks(false), onError: tell })}
      />
    </li>
  )
}
