import { type EditFillOptions, useEditFill } from '../fills/edit-fill.tsx'
import { useOpsContext } from '../provider/ops-context.ts'
import type { DialogState } from '../ui/dialog.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { ColumnFrame } from './column-frame.tsx'

export interface FillDialogProps extends DialogState, Omit<EditFillOptions, 'onSaved'> {}

/** How a plugin fills a column, to be changed. */
export function FillDialog({ open, onOpenChange, ...options }: FillDialogProps) {
  const { translate } = useOpsContext()
  const notices = useNotices()
  const { tableId, column, plugin } = options
  const edit = useEditFill({
    ...options,
    onSaved() {
      notices.show({ kind: 'done', text: translate('column.saved', { name: column.name }) })
      onOpenChange(false)
    },
  })
  return (
    <ColumnFrame
      tableId={tableId}
      column={column}
      open={open}
      onOpenChange={onOpenChange}
      description={translate('fill.by', { plugin: plugin.name })}
      fault={edit.fault}
      isUnsaved={edit.isUnsaved}
      canSave={edit.canSave}
      isBusy={edit.isBusy}
      onSave={edit.save}
    >
      {edit.content}
    </ColumnFrame>
  )
}
