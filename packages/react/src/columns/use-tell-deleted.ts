import type { TableColumn } from '../data/client/tables-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useColumnMutations } from '../data/use-columns.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useNotices } from '../ui/notice-queue.ts'

/** Tells that a column was deleted, with a way back, which is that column's whatever was done after. */
export function useTellDeleted(tableId: string): (column: Pick<TableColumn, 'id' | 'name'>) => void {
  const { translate } = useOpsContext()
  const notices = useNotices()
  const { restore } = useColumnMutations(tableId)
  const bringBack = (columnId: string) =>
    restore
      .mutateAsync({ columnId })
      .catch((error: unknown) => notices.show({ kind: 'error', text: opsFault(error).message }))
  return ({ id, name }) =>
    notices.show({
      kind: 'done',
      text: translate('column.deleted', { name }),
      action: { label: translate('notice.undo'), run: () => void bringBack(id) },
    })
}
