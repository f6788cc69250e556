import { Lock, LockOpen, Trash2 } from 'lucide'
import { type ReactNode, useState } from 'react'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useColumnMutations } from '../data/use-columns.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { CancelButton } from '../ui/cancel-button.tsx'
import { Dialog, type DialogProps } from '../ui/dialog.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { ServerFault } from './default-section.tsx'
import { DeleteColumn } from './delete-column.tsx'

export interface ColumnFrameProps
  extends Pick<DialogProps, 'open' | 'onOpenChange' | 'size' | 'description' | 'initialFocus' | 'isUnsaved'> {
  readonly tableId: string
  readonly column: TableColumn
  /** What the server refused, as far as no field shows it. */
  readonly fault: string | null
  readonly canSave: boolean
  readonly isBusy: boolean
  /** @default 'Save' */
  readonly saveLabel?: string
  onSave(): void
  readonly children: ReactNode
}

/** The window in which a column is changed, whatever fills it: its form, saving, locking and deleting it. */
export function ColumnFrame(props: ColumnFrameProps) {
  const { tableId, column, open, onOpenChange, size, description, initialFocus, fault, canSave, isBusy } = props
  const { translate } = useOpsContext()
  const notices = useNotices()
  const { update } = useColumnMutations(tableId)
  const [asks, setAsks] = useState(false)
  return (
    <>
      <Dialog
        open={open}
        onOpenChange={onOpenChange}
        {...(size !== undefined && { size })}
        title={translate('column.edit-name', { name: column.name })}
        description={description}
        {...(initialFocus !== undefined && { initialFocus })}
        {...(props.isUnsaved !== undefined && { isUnsaved: props.isUnsaved })}
        onSubmit={() => canSave && props.onSave()}
        footer={
          <>
            <div className="ops-modal-foot-start">
              <Button look="quiet" icon={Trash2} onClick={() => setAsks(true)} disabled={column.locked}>
                {translate('column.delete')}
              </Button>
              <Button
                look="quiet"
                icon={column.locked ? LockOpen : Lock}
                isBusy={update.isPending}
                onClick={() =>
                  update.mutate(
                    { columnId: column.id, changes: { locked: !column.locked } },
                    { onError: (error) => notices.show({ kind: 'error', text: opsFault(error).message }) },
                  )
                }
              >
                {translate(column.locked ? 'column.unlock' : 'column.lock')}
              </Button>
            </div>
            <ServerFault text={fault} />
            <CancelButton />
            <Button look="main" type="submit" isBusy={isBusy} disabled={!canSave}>
              {props.saveLabel ?? translate('column.save')}
            </Button>
          </>
        }
      >
        {props.children}
      </Dialog>
      <DeleteColumn
        tableId={tableId}
        column={column}
        open={asks}
        onOpenChange={setAsks}
        onDeleted={() => onOpenChange(false)}
      />
    </>
  )
}
