import { Trash2 } from 'lucide'
import { useState } from 'react'
import { type EditFillOptions, useEditFill } from '../fills/edit-fill.tsx'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog, type DialogState } from '../ui/dialog.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { ServerFault } from './default-section.tsx'
import { DeleteColumn } from './delete-column.tsx'

export interface FillDialogProps extends DialogState, Omit<EditFillOptions, 'onSaved'> {}

/** How a plugin fills a column, to be changed, and deleting the column. */
export function FillDialog({ open, onOpenChange, ...options }: FillDialogProps) {
  const { translate } = useOpsContext()
  const notices = useNotices()
  const { tableId, column, plugin } = options
  const [asks, setAsks] = useState(false)
  const edit = useEditFill({
    ...options,
    onSaved() {
      notices.show({ kind: 'done', text: translate('column.saved', { name: column.name }) })
      onOpenChange(false)
    },
  })
  return (
    <>
      <Dialog
        open={open}
        onOpenChange={onOpenChange}
        title={translate('column.edit-name', { name: column.name })}
        description={translate('fill.by', { plugin: plugin.name })}
        onSubmit={() => edit.canSave && edit.save()}
        footer={
          <>
            <div className="ops-modal-foot-start">
              <Button look="quiet" icon={Trash2} onClick={() => setAsks(true)} disabled={column.locked}>
                {translate('column.delete')}
              </Button>
            </div>
            <ServerFault text={edit.fault} />
            <Button onClick={() => onOpenChange(false)}>{translate('dialog.cancel')}</Button>
            <Button look="main" type="submit" isBusy={edit.isBusy} disabled={!edit.canSave}>
              {translate('column.save')}
            </Button>
          </>
        }
      >
        {edit.content}
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
