import type { OpsPages } from '../data/use-ops-pages.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button, type ButtonProps } from '../ui/button.tsx'

export interface MoreButtonProps extends Pick<ButtonProps, 'size'> {
  readonly pages: OpsPages<unknown>
}

/** Reads the next page of a list; nothing where there is none. */
export function MoreButton({ pages, size = 'normal' }: MoreButtonProps) {
  const { translate } = useOpsContext()
  if (!pages.hasMore) return null
  return (
    <Button look="quiet" size={size} isBusy={pages.isLoadingMore} onClick={pages.loadMore}>
      {translate('runs.more')}
    </Button>
  )
}
