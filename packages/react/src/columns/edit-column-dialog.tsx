import { Lock, LockOpen, Trash2 } from 'lucide'
import { useState } from 'react'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useColumnMutations } from '../data/use-columns.ts'
import { useTable } from '../data/use-tables.ts'
import { useFillPart } from '../fills/edit-fill.tsx'
import { fieldFaults } from '../forms/field-faults.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog, type DialogState } from '../ui/dialog.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { type ColumnDraft, columnChanges, draftOf } from './column-draft.ts'
import { ColumnForm, columnFormPaths } from './column-form.tsx'
import { ColumnPreview } from './column-preview.tsx'
import { ServerFault } from './default-section.tsx'
import { DeleteColumn } from './delete-column.tsx'
import { FillDialog } from './fill-dialog.tsx'
import { RetypePart } from './retype-part.tsx'

export interface EditColumnDialogProps extends DialogState {
  readonly tableId: string
  readonly columnId: string
}

/** Everything that can be changed of a column, its type included, and deleting it. */
export default function EditColumnDialog({ tableId, columnId, ...state }: EditColumnDialogProps) {
  const { translate } = useOpsContext()
  const column = useTable(tableId).data?.columns.find(({ id }) => id === columnId)
  const chosen = useFillPart(column?.fill ?? null)
  if (column !== undefined && column.fill !== null && chosen !== null) {
    return <FillDialog key={column.id} {...state} {...chosen} tableId={tableId} column={column} fill={column.fill} />
  }
  if (column !== undefined) return <ColumnDialog key={column.id} {...state} tableId={tableId} column={column} />
  return (
    <Dialog {...state} title={translate('column.edit')}>
      <Skeleton lines={4} label={translate('column.edit')} />
    </Dialog>
  )
}

interface ColumnDialogProps extends DialogState {
  readonly tableId: string
  readonly column: TableColumn
}

function ColumnDialog({ tableId, column, open, onOpenChange }: ColumnDialogProps) {
  const { translate } = useOpsContext()
  const notices = useNotices()
  const { update, retype } = useColumnMutations(tableId)
  const [draft, setDraft] = useState(() => draftOf(column))
  const [asks, setAsks] = useState(false)
  const changes = columnChanges(draft, column)
  const isOther = Object.keys(changes).length > 0
  const isRetyped = draft.formula === null && draft.type !== column.type
  const failed = update.error ?? retype.error
  const fault = failed === null ? null : opsFault(failed)
  const faults = fieldFaults(fault, [update.error === null ? 'to' : 'changes'])

  async function save(wanted: ColumnDraft, force: boolean): Promise<void> {
    update.reset()
    retype.reset()
    try {
      if (isOther || isFormulaRetyped(wanted, column)) {
        const shownAs = isFormulaRetyped(wanted, column) ? { type: wanted.type, settings: wanted.settings } : {}
        await update.mutateAsync({ columnId: column.id, changes: { ...changes, ...shownAs } })
      }
      if (isRetyped) {
        const keepsValues = 'options' in wanted.settings
        const to = { type: wanted.type, ...(!keepsValues && { settings: wanted.settings }) }
        await retype.mutateAsync({ columnId: column.id, to, ...(force && { force }) })
      }
    } catch {
      // The mutation holds what went wrong; the form shows it.
      return
    }
    notices.show({ kind: 'done', text: translate('column.saved', { name: wanted.name }) })
    onOpenChange(false)
  }

  return (
    <>
      <Dialog
        open={open}
        onOpenChange={onOpenChange}
        size="large"
        title={translate('column.edit-name', { name: column.name })}
        description={<code className="ops-key">@{column.key}</code>}
        onSubmit={() => void save(draft, fault?.code === 'COLUMN_IN_USE')}
        footer={
          <>
            <div className="ops-modal-foot-start">
              <Button look="quiet" icon={Trash2} onClick={() => setAsks(true)} disabled={column.locked}>
                {translate('column.delete')}
              </Button>
              <Button
                look="quiet"
                icon={column.locked ? LockOpen : Lock}
                onClick={() => update.mutate({ columnId: column.id, changes: { locked: !column.locked } })}
              >
                {translate(column.locked ? 'column.unlock' : 'column.lock')}
              </Button>
            </div>
            <ServerFault text={faults.beside(...columnFormPaths)} />
            <Button onClick={() => onOpenChange(false)}>{translate('dialog.cancel')}</Button>
            <Button
              look="main"
              type="submit"
              isBusy={update.isPending || retype.isPending}
              disabled={draft.name.trim() === '' || !(isOther || isRetyped || isFormulaRetyped(draft, column))}
            >
              {translate(fault?.code === 'COLUMN_IN_USE' ? 'column.save-all-the-same' : 'column.save')}
            </Button>
          </>
        }
      >
        <div className="ops-columns-two">
          <div className="ops-column-form">
            {draft.formula === null ? (
              <RetypePart tableId={tableId} column={column} draft={draft} onChange={setDraft} />
            ) : null}
            <ColumnForm tableId={tableId} columnId={column.id} draft={draft} onChange={setDraft} faults={faults} />
          </div>
          {draft.formula === null ? <ColumnPreview tableId={tableId} draft={draft} column={column} /> : null}
        </div>
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

function isFormulaRetyped(draft: ColumnDraft, column: TableColumn): boolean {
  return draft.formula !== null && draft.type !== column.type
}
