import { Pencil, RotateCw } from 'lucide'
import { useRef } from 'react'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { useDialogs } from '../data/dialog-host.tsx'
import { opsFault } from '../data/ops-fault.ts'
import { useCellExplanation, useCellMutations } from '../data/use-cells.ts'
import { useMay } from '../data/use-may.ts'
import { useRow } from '../data/use-rows.ts'
import type { OpenedCell } from '../grid/controller/grid-core.ts'
import { gridRow } from '../grid-state/served-row.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { Popover } from '../ui/popover.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { CellOrigin, stateTones, stateWord } from './cell-origin.tsx'

export interface CellPopoverProps {
  readonly tableId: string
  readonly columns: readonly TableColumn[]
  readonly cell: OpenedCell
  onClose(): void
  /** Begins to edit the cell by hand. */
  onEdit(): void
}

/** What is behind a computed cell: how it stands and why, where its value is from, what it cost, and what to do about it. */
export function CellPopover({ tableId, columns, cell, onClose, onEdit }: CellPopoverProps) {
  const { translate } = useOpsContext()
  // The editor that opens has the focus already when this window is gone.
  const isEditing = useRef(false)
  const column = columns.find(({ id }) => id === cell.columnId)
  if (column === undefined) return null
  return (
    <Popover
      open
      onOpenChange={(open) => !open && onClose()}
      anchor={{ getBoundingClientRect: () => cell.box }}
      label={translate('cell.details')}
      givesFocusBack={() => !isEditing.current}
    >
      <div className="ops-cell-details">
        {column.fill === null ? (
          <ComputedCell tableId={tableId} column={column} rowId={cell.rowId} onClose={onClose} />
        ) : (
          <FilledCell
            tableId={tableId}
            columns={columns}
            column={column}
            rowId={cell.rowId}
            onClose={onClose}
            onEdit={() => {
              isEditing.current = true
              onEdit()
            }}
          />
        )}
      </div>
    </Popover>
  )
}

interface CellProps {
  readonly tableId: string
  readonly column: TableColumn
  readonly rowId: string
  onClose(): void
}

function FilledCell({
  tableId,
  columns,
  column,
  rowId,
  onClose,
  onEdit,
}: CellProps & Pick<CellPopoverProps, 'columns' | 'onEdit'>) {
  const { translate } = useOpsContext()
  const dialogs = useDialogs()
  const notices = useNotices()
  const mayRun = useMay('runs.write')
  const mayWrite = useMay('rows.write')
  const { data, error } = useCellExplanation(tableId, rowId, column.id)
  const { run } = useCellMutations(tableId)
  const again = () =>
    run.mutate(
      { columnId: column.id, request: { rows: [rowId], which: 'all' } },
      { onSuccess: onClose, onError: (fault) => notices.show({ kind: 'error', text: opsFault(fault).message }) },
    )
  return (
    <>
      <CellHead name={column.name} state={data?.state ?? null} />
      {error !== null ? (
        <p className="ops-report" data-kind="error" role="alert">
          {translate.said(opsFault(error).message)}
        </p>
      ) : data === undefined ? (
        <Skeleton lines={4} label={translate('cell.details')} />
      ) : (
        <CellOrigin
          cell={data}
          columns={columns}
          onShowRun={(runId) => {
            onClose()
            dialogs.open('runs', { tableId, runId })
          }}
        />
      )}
      <div className="ops-run-buttons">
        {mayRun ? (
          <Button size="small" icon={RotateCw} isBusy={run.isPending} onClick={again}>
            {translate('cell.run-again')}
          </Button>
        ) : null}
        {mayWrite && !column.locked ? (
          <Button
            size="small"
            look="quiet"
            icon={Pencil}
            onClick={() => {
              onClose()
              onEdit()
            }}
          >
            {translate('cell.edit')}
          </Button>
        ) : null}
      </div>
    </>
  )
}

/** The cell of a formula that ended in an error. */
function ComputedCell({ tableId, column, rowId, onClose }: CellProps) {
  const { translate } = useOpsContext()
  const dialogs = useDialogs()
  const mayDefine = useMay('definitions.write')
  const row = useRow(tableId, rowId).data
  const status = row === undefined ? undefined : gridRow(row).statuses?.[column.key]
  return (
    <>
      <CellHead name={column.name} state={status?.state ?? null} />
      {status?.message === undefined ? null : <p className="ops-cell-cause">{translate.said(status.message)}</p>}
      {column.formula === null ? null : (
        <>
          <span className="ops-field-label">{translate('cell.formula')}</span>
          <code className="ops-key">{column.formula.source}</code>
          {mayDefine && dialogs.has('edit-column') ? (
            <div className="ops-run-buttons">
              <Button
                size="small"
                icon={Pencil}
                onClick={() => {
                  onClose()
                  dialogs.open('edit-column', { tableId, columnId: column.id })
                }}
              >
                {translate('cell.edit-formula')}
              </Button>
            </div>
          ) : null}
        </>
      )}
    </>
  )
}

function CellHead({ name, state }: { readonly name: string; readonly state: string | null }) {
  const { translate } = useOpsContext()
  return (
    <div className="ops-cell-head">
      <strong>{name}</strong>
      {state === null ? null : <Chip tone={stateTones[state] ?? 'gray'}>{stateWord(state, translate)}</Chip>}
    </div>
  )
}
