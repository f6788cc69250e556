import type { TableColumn } from '../data/client/tables-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useColumnMutations } from '../data/use-columns.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import type { DialogState } from '../ui/dialog.tsx'
import { useTellDeleted } from './use-tell-deleted.ts'

export interface DeleteColumnProps extends DialogState {
  readonly tableId: string
  readonly column: TableColumn
  onDeleted(): void
}

/** Asks whether a column is to be deleted; where formulas read it, once more with their names. */
export function DeleteColumn({ tableId, column, open, onOpenChange, onDeleted }: DeleteColumnProps) {
  const { translate } = useOpsContext()
  const tellDeleted = useTellDeleted(tableId)
  const { delete: remove } = useColumnMutations(tableId)
  const fault = remove.error === null ? null : opsFault(remove.error)
  const isInUse = fault?.code === 'COLUMN_IN_USE'
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={translate('column.delete-title', { name: column.name })}
      text={fault === null ? translate('column.delete-text') : fault.message}
      confirmLabel={translate(isInUse ? 'column.delete-force' : 'column.delete')}
      isDangerous
      isBusy={remove.isPending}
      onConfirm={() =>
        remove.mutate(
          { columnId: column.id, ...(isInUse && { force: true }) },
          {
            onSuccess() {
              onOpenChange(false)
              onDeleted()
              tellDeleted(column)
            },
          },
        )
      }
    />
  )
}
