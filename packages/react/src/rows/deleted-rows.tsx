import { Trash2 } from 'lucide'
import type { OpsTableInfo } from '../data/client/tables-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useDeletedRows } from '../data/use-history.ts'
import { useMay } from '../data/use-may.ts'
import { useRowMutations } from '../data/use-rows.ts'
import { useActorName } from '../people/use-actor-name.ts'
import { useColumnTypes } from '../provider/column-types.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useValueContext } from '../provider/use-value-context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { storedText } from './stored-text.ts'
import { relativeTime } from './time-text.tsx'

export interface DeletedRowsProps {
  readonly table: OpsTableInfo
  onClose(): void
}

/** Columns by which people know a deleted row again. */
const shownColumns = 3

/** The rows that were deleted and can be brought back. */
export function DeletedRows({ table, onClose }: DeletedRowsProps) {
  const { translate, locale } = useOpsContext()
  const context = useValueContext()
  const nameOf = useActorName()
  const types = useColumnTypes()
  const notices = useNotices()
  const pages = useDeletedRows(table.id)
  const { restore } = useRowMutations(table.id)
  const mayWrite = useMay('rows.write')
  const bringBack = async (rowId: string) => {
    try {
      await restore.mutateAsync([rowId])
      notices.show({ kind: 'done', text: translate('trash.restored') })
    } catch (error) {
      notices.show({ kind: 'error', text: opsFault(error).message })
    }
  }
  return (
    <Dialog open onOpenChange={onClose} placement="end" title={translate('table.trash')} description={table.name}>
      {pages.isLoading ? <Skeleton lines={5} label={translate('table.loading')} /> : null}
      {!pages.isLoading && pages.items.length === 0 ? (
        <EmptyState icon={Trash2} title={translate('trash.none')} />
      ) : null}
      <ul className="ops-trash">
        {pages.items.map((row) => (
          <li key={row.id} className="ops-trash-row">
            <div>
              <strong>
                {table.columns
                  .slice(0, shownColumns)
                  .map((column) => storedText(column, row.cells[column.key] ?? null, context, types))
                  .filter((text) => text !== '')
                  .join(' · ')}
              </strong>
              <p className="ops-row-meta">
                {translate('trash.deleted', {
                  when: relativeTime(row.deletedAt, locale),
                  who: nameOf(row.deletedBy),
                })}
              </p>
            </div>
            {mayWrite ? (
              <Button size="small" onClick={() => void bringBack(row.id)}>
                {translate('trash.restore')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {pages.hasMore ? (
        <Button look="quiet" isBusy={pages.isLoadingMore} onClick={pages.loadMore}>
          {translate('history.more')}
        </Button>
      ) : null}
    </Dialog>
  )
}
