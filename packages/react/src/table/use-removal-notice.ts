import { opsFault } from '../data/ops-fault.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import type { UndoPlace } from '../rows/revert-notice.ts'
import { useUndoNotices } from '../rows/use-undo-notices.ts'
import { useNotices } from '../ui/notice-queue.ts'

/** Tells that rows were deleted, with a way back, or why they were not. */
export function useRemovalNotice(shown: UndoPlace): (count: number, error: unknown) => void {
  const { translate } = useOpsContext()
  const notices = useNotices()
  const { undo } = useUndoNotices(shown)
  return (count, error) => {
    if (error !== null) notices.show({ kind: 'error', text: opsFault(error).message })
    else
      notices.show({
        kind: 'done',
        text: count === 1 ? translate('table.deleted-row') : translate('table.deleted-rows', { count }),
        action: { label: translate('tool.undo'), run: undo },
      })
  }
}
