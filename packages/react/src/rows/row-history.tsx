import { ArrowRight } from 'lucide'
import type { RowHistoryEntry } from '../data/client/history-calls.ts'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { useRowHistory } from '../data/use-history.ts'
import { useColumnTypes } from '../provider/column-types.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import type { Translate } from '../provider/translator.ts'
import { useValueContext } from '../provider/use-value-context.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { HistoryList } from './history-list.tsx'
import { storedText } from './stored-text.ts'

export interface RowHistoryProps {
  readonly tableId: string
  readonly columns: readonly TableColumn[]
  readonly rowId: string
  /** Only what happened to this cell; null for all. */
  readonly columnId: string | null
  onShowAll(): void
}

/** What happened to a row, newest first: who, when, and each cell before and after. */
export function RowHistory({ tableId, columns, rowId, columnId, onShowAll }: RowHistoryProps) {
  const { translate } = useOpsContext()
  const pages = useRowHistory(tableId, rowId, columnId)
  const name = columns.find(({ id }) => id === columnId)?.name
  return (
    <>
      {name === undefined ? null : (
        <div className="ops-history-of">
          <span>{translate('row.cell-history', { name })}</span>
          <Button look="quiet" size="small" onClick={onShowAll}>
            {translate('row.all-history')}
          </Button>
        </div>
      )}
      <HistoryList
        pages={pages}
        words={(entry) => rowWords(entry, columns, translate)}
        details={(entry) => <CellChanges entry={entry} columns={columns} />}
      />
    </>
  )
}

function rowWords(entry: RowHistoryEntry, columns: readonly TableColumn[], translate: Translate): string {
  const { kind, cells, role } = entry
  if (kind === 'rows-updated') {
    const names = cells.map(({ columnId }) => columns.find(({ id }) => id === columnId)?.name ?? columnId)
    return translate('history.updated', { fields: names.join(', ') })
  }
  if (kind === 'rows-deleted') return translate('history.deleted')
  if (kind === 'rows-moved') return translate('history.moved')
  return translate(role === 'do' ? 'history.inserted' : 'history.restored')
}

function CellChanges({
  entry,
  columns,
}: {
  readonly entry: RowHistoryEntry
  readonly columns: readonly TableColumn[]
}) {
  const { translate } = useOpsContext()
  const context = useValueContext()
  const types = useColumnTypes()
  if (entry.kind !== 'rows-updated') return null
  return (
    <ul className="ops-history-cells">
      {entry.cells.map(({ columnId, before, after }) => {
        const column = columns.find(({ id }) => id === columnId)
        const text = (value: typeof before) =>
          value === null
            ? translate('row.empty')
            : column === undefined
              ? String(value)
              : storedText(column, value, context, types)
        return (
          <li key={columnId}>
            {entry.cells.length > 1 && column !== undefined ? <span className="ops-soft">{column.name}</span> : null}
            <span className="ops-history-before">{text(before)}</span>
            <Icon icon={ArrowRight} size={12} />
            <span className="ops-history-after">{text(after)}</span>
          </li>
        )
      })}
    </ul>
  )
}
