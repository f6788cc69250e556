import { Pencil, RefreshCw, Trash2 } from 'lucide'
import { useState } from 'react'
import type { OpsFeed } from '../data/client/sources-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useFeedMutations, useFeedRun } from '../data/use-feeds.ts'
import { useMay } from '../data/use-may.ts'
import { usePlugins } from '../data/use-plugins.ts'
import { useTables } from '../data/use-tables.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { relativeTime } from '../rows/time-text.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FormInPlace } from '../ui/form-in-place.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { useFormInPlace } from '../ui/use-form-in-place.ts'
import { FeedSettings } from './feed-settings.tsx'
import { useFeedSync } from './use-feed-sync.ts'

export interface FeedLineProps {
  readonly feed: OpsFeed
  readonly mayDefine: boolean
}

/** How a feed stands, with what can be done about it; its settings take the place of the line. */
export function FeedLine({ feed, mayDefine }: FeedLineProps) {
  const { translate, locale } = useOpsContext()
  const notices = useNotices()
  const maySync = useMay('runs.write')
  const sync = useFeedSync()
  const run = useFeedRun(feed)
  const isSyncing = run?.state === 'queued' || run?.state === 'running'
  const { delete: remove } = useFeedMutations()
  const [asks, setAsks] = useState(false)
  const form = useFormInPlace()
  const { id, name, tableId, since, fault, columnsLeft } = feed
  const table = useTables().data?.find((each) => each.id === tableId)?.name
  const plugin = usePlugins().data?.find((each) => each.id === feed.plugin)
  const part = plugin?.sources.find((each) => each.id === feed.part)
  const tell = (error: Error) => notices.show({ kind: 'error', text: opsFault(error).message })
  if (form.isOpen && plugin !== undefined && part !== undefined) {
    return (
      <li>
        <FormInPlace onClose={form.close}>
          <FeedSettings feed={feed} plugin={plugin} part={part} onDone={form.close} />
        </FormInPlace>
      </li>
    )
  }
  return (
    <li className="ops-connection">
      <div className="ops-connection-names">
        <strong>{name}</strong>
        <span className="ops-soft">
          {[
            `${plugin?.name ?? feed.plugin} → ${table ?? tableId}`,
            ...(isSyncing ? [translate('feeds.under-way')] : []),
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
          isBusy={sync.isBusy}
          disabled={fault !== null}
          onClick={() => sync.begin(feed)}
        >
          {translate('feeds.sync')}
        </Button>
      ) : null}
      {mayDefine ? (
        <>
          {part === undefined ? null : fault === null ? (
            <IconButton
              ref={form.buttonRef}
              icon={Pencil}
              label={translate('feeds.settings', { name })}
              onClick={form.open}
            />
          ) : (
            <Button
              ref={form.buttonRef}
              size="small"
              icon={Pencil}
              aria-label={translate('feeds.settings', { name })}
              onClick={form.open}
            >
              {translate('feeds.change')}
            </Button>
          )}
          <IconButton icon={Trash2} label={translate('feeds.delete', { name })} onClick={() => setAsks(true)} />
        </>
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
