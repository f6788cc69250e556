import { Plus, Rss } from 'lucide'
import { useRef } from 'react'
import { useFeeds } from '../data/use-feeds.ts'
import { useMay } from '../data/use-may.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FormInPlace } from '../ui/form-in-place.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useFormInPlace } from '../ui/use-form-in-place.ts'
import { useHeldFocus } from '../ui/use-held-focus.ts'
import { FeedForm } from './feed-form.tsx'
import { FeedLine } from './feed-line.tsx'

/** Sources that are read into tables again and again: how they stand, syncing them, and making new ones. */
export function FeedsPanel() {
  const { translate } = useOpsContext()
  const mayDefine = useMay('feeds')
  const feeds = useFeeds()
  const form = useFormInPlace()
  const panel = useRef<HTMLDivElement>(null)
  const heldFocus = useHeldFocus(panel, '.ops-button:not([data-size="small"])')
  if (feeds.error !== null) {
    return <NotRead title={translate('work.feeds')} error={feeds.error} onRetry={() => void feeds.refetch()} />
  }
  if (feeds.data === undefined) return <Skeleton lines={4} label={translate('work.feeds')} />
  const make = mayDefine ? (
    <Button icon={Plus} ref={form.buttonRef} onClick={form.open}>
      {translate('feeds.new')}
    </Button>
  ) : null
  return (
    <div ref={panel} className="ops-work" {...heldFocus}>
      {feeds.data.length === 0 ? (
        form.isOpen ? null : (
          <EmptyState icon={Rss} title={translate('feeds.none')} text={translate('feeds.none-text')} action={make} />
        )
      ) : (
        <ul className="ops-connections">
          {feeds.data.map((feed) => (
            <FeedLine key={feed.id} feed={feed} mayDefine={mayDefine} />
          ))}
        </ul>
      )}
      {mayDefine && form.isOpen ? (
        <FormInPlace onClose={form.close}>
          <FeedForm onDone={form.close} />
        </FormInPlace>
      ) : feeds.data.length === 0 ? null : (
        <div>{make}</div>
      )}
    </div>
  )
}
