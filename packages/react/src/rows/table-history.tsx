import { Undo2 } from 'lucide'
import type { OpsTableInfo } from '../data/client/tables-calls.ts'
import { useTableHistory } from '../data/use-history.ts'
import { useMay } from '../data/use-may.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { HistoryList } from './history-list.tsx'
import { useUndoNotices } from './use-undo-notices.ts'

export interface TableHistoryProps {
  readonly table: OpsTableInfo
  onClose(): void
}

/** What happened to a table; admins take any of it back. */
export function TableHistory({ table, onClose }: TableHistoryProps) {
  const { translate } = useOpsContext()
  const pages = useTableHistory(table.id)
  const mayUndoOthers = useMay('undo.others')
  const { undoOperation } = useUndoNotices()
  return (
    <Dialog open onOpenChange={onClose} placement="end" title={translate('table.history')} description={table.name}>
      <HistoryList
        pages={pages}
        words={({ kind, rowCount }) => translate(`history.${kind}`, { count: rowCount })}
        action={({ operation }) =>
          mayUndoOthers ? (
            <span className="ops-history-action">
              <Button look="quiet" size="small" icon={Undo2} onClick={() => undoOperation(operation)}>
                {translate('history.undo-this')}
              </Button>
            </span>
          ) : null
        }
      />
    </Dialog>
  )
}
