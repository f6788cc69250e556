import { useRef, useState } from 'react'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useColumnMutations } from '../data/use-columns.ts'
import { useTable } from '../data/use-tables.ts'
import { useFillPart } from '../fills/edit-fill.tsx'
import { fieldFaults } from '../forms/field-faults.ts'
import { useColumnTypes } from '../provider/column-types.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Dialog, type DialogState } from '../ui/dialog.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { type ColumnDraft, columnChanges, draftOf } from './column-draft.ts'
import { ColumnForm, columnFormPaths } from './column-form.tsx'
import { ColumnFrame } from './column-frame.tsx'
import { ColumnPreview } from './column-preview.tsx'
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
  const types = useColumnTypes()
  const [draft, setDraft] = useState(() => draftOf(column, types))
  const name = useRef<HTMLInputElement>(null)
  const changes = columnChanges(draft, column, types)
  const isOther = Object.keys(changes).length > 0
  const isChanged = isOther || draft.type !== column.type
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
    <ColumnFrame
      tableId={tableId}
      column={column}
      open={open}
      onOpenChange={onOpenChange}
      size="large"
      description={<code className="ops-key">@{column.key}</code>}
      initialFocus={name}
      fault={faults.beside(...columnFormPaths)}
      isUnsaved={isChanged}
      canSave={draft.name.trim() !== '' && isChanged}
      isBusy={update.isPending || retype.isPending}
      {...(fault?.code === 'COLUMN_IN_USE' && { saveLabel: translate('column.save-all-the-same') })}
      onSave={() => void save(draft, fault?.code === 'COLUMN_IN_USE')}
    >
      <div className="ops-columns-two">
        <div className="ops-column-form">
          {draft.formula === null ? (
            <RetypePart tableId={tableId} column={column} draft={draft} onChange={setDraft} />
          ) : null}
          <ColumnForm
            tableId={tableId}
            columnId={column.id}
            draft={draft}
            onChange={setDraft}
            faults={faults}
            nameRef={name}
          />
        </div>
        {draft.formula === null ? <ColumnPreview tableId={tableId} draft={draft} column={column} /> : null}
      </div>
    </ColumnFrame>
  )
}

function isFormulaRetyped(draft: ColumnDraft, column: TableColumn): boolean {
  return draft.formula !== null && draft.type !== column.type
}
