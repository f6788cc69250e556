import { Archive } from 'lucide'
import { opsFault } from '../data/ops-fault.ts'
import { useTableMutations, useTables } from '../data/use-tables.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { Skeleton } from '../ui/skeleton.tsx'

/** Tables that were deleted and can be brought back. */
export function DeletedTables({ onClose }: { onClose(): void }) {
  const { translate } = useOpsContext()
  const notices = useNotices()
  const tables = useTables({ deleted: true })
  const { restore } = useTableMutations()
  const bringBack = (tableId: string) =>
    restore
      .mutateAsync({ tableId })
      .catch((error: unknown) => notices.show({ kind: 'error', text: opsFault(error).message }))
  return (
    <Dialog open onOpenChange={onClose} size="small" title={translate('home.deleted-tables')}>
      {tables.isLoading ? <Skeleton lines={3} label={translate('table.loading')} /> : null}
      {tables.data?.length === 0 ? <EmptyState icon={Archive} title={translate('home.none-deleted')} /> : null}
      <ul className="ops-trash">
        {tables.data?.map(({ id, name }) => (
          <li key={id} className="ops-trash-row">
            <strong>{name}</strong>
            <Button size="small" onClick={() => void bringBack(id)}>
              {translate('home.restore')}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
