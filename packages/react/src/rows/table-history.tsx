import { Undo2 } from 'lucide'
import { useRef } from 'react'
import type { TableHistoryEntry } from '../data/client/history-calls.ts'
import type { OpsTableInfo } from '../data/client/tables-calls.ts'
import { useTableHistory } from '../data/use-history.ts'
import { useMay } from '../data/use-may.ts'
import { useColumnTypes } from '../provider/column-types.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useValueContext } from '../provider/use-value-context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { rowName } from './changed-row.ts'
import { HistoryList } from './history-list.tsx'
import { rowPlace, tableChangeWords } from './table-change-words.ts'
import { useUndoNotices } from './use-undo-notices.ts'

export interface TableHistoryProps {
  readonly table: OpsTableInfo
  /** Opens the panel of a row; the list is to be closed then. */
  onOpenRow(rowId: string): void
  onClose(): void
}

/** What happened to a table, with the rows that are named as ways to them; admins take any of it back. */
export function TableHistory({ table, onOpenRow, onClose }: TableHistoryProps) {
  const { translate } = useOpsContext()
  const words = { columns: table.columns, context: useValueContext(), translate, types: useColumnTypes() }
  const pages = useTableHistory(table.id)
  const mayUndoOthers = useMay('undo.others')
  const { undoOperation } = useUndoNotices({ table, onOpenRow })

  const leadsToRow = useRef(false)

  function nameOf({ row }: TableHistoryEntry) {
    if (row === null) return null
    const name = rowName(row, words)
    return row.isThere ? (
      <button
        type="button"
        className="ops-link ops-history-row"
        onClick={() => {
          leadsToRow.current = true
          onOpenRow(row.id)
        }}
      >
        {name}
      </button>
    ) : (
      <strong>{name}</strong>
    )
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      placement="end"
      title={translate('table.history')}
      description={table.name}
      givesFocusBack={() => !leadsToRow.current}
    >
      <HistoryList
        pages={pages}
        words={(entry) => tableChangeWords(entry, words)}
        subject={{ place: rowPlace, of: nameOf }}
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
