import { ChevronDown, ChevronUp, Trash2, X } from 'lucide'
import { useEffect, useRef, useState } from 'react'
import { RowActions } from '../actions/row-actions.tsx'
import { opsFault } from '../data/ops-fault.ts'
import { useMay } from '../data/use-may.ts'
import { useRow } from '../data/use-rows.ts'
import { focusGrid } from '../grid/focus-grid.ts'
import type { RemoteRows } from '../grid-state/remote-rows.ts'
import { actorOfText, useActorName } from '../people/use-actor-name.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Tabs } from '../ui/tabs.tsx'
import type { TableView } from '../views/use-table-view.ts'
import { arrangedColumns } from '../views/view-columns.ts'
import { RowFields } from './row-fields.tsx'
import { RowHistory } from './row-history.tsx'
import { relativeTime } from './time-text.tsx'

export interface RowPanelProps {
  readonly view: TableView
  /** The grid's rows, for the neighbours and for edits that show in both. @default no neighbours */
  readonly rows: RemoteRows | null
  readonly rowId: string
  onOpenRow(rowId: string | null): void
  onDelete(rowId: string): Promise<void>
}

/** One row in full at the side of the table, on phones over it: all fields, and what happened to them. */
export function RowPanel({ view, rows, rowId, onOpenRow, onDelete }: RowPanelProps) {
  const { translate, locale } = useOpsContext()
  const nameOf = useActorName()
  const mayWrite = useMay('rows.write')
  const { table } = view
  const row = useRow(table.id, rowId)
  const panel = useRef<HTMLElement>(null)
  const [tab, setTab] = useState<'fields' | 'history'>('fields')
  const [columnId, setColumnId] = useState<string | null>(null)
  const columns = arrangedColumns(table.columns, view.definition)
  const first = columns[0]?.column

  useEffect(() => panel.current?.focus(), [])

  const close = () => {
    const frame = panel.current?.closest('.ops-table')?.querySelector('.ops-grid') ?? null
    onOpenRow(null)
    focusGrid(frame)
  }
  const at = rows?.indexOf(rowId)
  const step = async (by: 1 | -1) => {
    if (rows === null || at === undefined || at + by < 0 || at + by >= rows.count) return
    const [next] = await rows.load(at + by, at + by)
    if (next !== undefined) onOpenRow(next.id)
  }
  const title = first === undefined ? '' : String(row.data?.cells[first.key] ?? '')
  const isGone = row.error !== null && opsFault(row.error).code === 'NOT_FOUND'
  return (
    <aside
      ref={panel}
      className="ops-row-panel"
      tabIndex={-1}
      aria-label={translate('row.panel')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.stopPropagation()
        close()
      }}
    >
      <header className="ops-row-head">
        <h2 className="ops-row-title">{title === '' ? translate('row.title') : title}</h2>
        <IconButton
          icon={ChevronUp}
          label={translate('row.previous')}
          disabled={at === undefined || at === 0}
          onClick={() => void step(-1)}
        />
        <IconButton
          icon={ChevronDown}
          label={translate('row.next')}
          disabled={at === undefined || rows === null || at + 1 >= rows.count}
          onClick={() => void step(1)}
        />
        {isGone ? null : <RowActions tableId={table.id} rowId={rowId} />}
        {mayWrite && !isGone ? (
          <IconButton
            icon={Trash2}
            label={translate('row.delete')}
            onClick={() => {
              close()
              void onDelete(rowId)
            }}
          />
        ) : null}
        <IconButton icon={X} label={translate('row.close')} onClick={close} />
      </header>
      {row.data !== undefined && !isGone ? (
        <Tabs
          label={translate('row.panel')}
          value={tab}
          onChange={setTab}
          tabs={[
            {
              value: 'fields',
              label: translate('row.details'),
              content: (
                <>
                  <RowFields
                    key={rowId}
                    tableId={table.id}
                    columns={columns.map(({ column }) => column)}
                    row={row.data}
                    rows={rows}
                    onHistory={(id) => {
                      setColumnId(id)
                      setTab('history')
                    }}
                  />
                  <p className="ops-row-meta">
                    {translate('row.updated', {
                      when: relativeTime(row.data.updatedAt, locale),
                      who: nameOf(actorOfText(row.data.updatedBy)),
                    })}
                  </p>
                </>
              ),
            },
            {
              value: 'history',
              label: translate('row.history'),
              content: (
                <RowHistory
                  tableId={table.id}
                  columns={table.columns}
                  rowId={rowId}
                  columnId={columnId}
                  onShowAll={() => setColumnId(null)}
                />
              ),
            },
          ]}
        />
      ) : isGone ? (
        <EmptyState icon={Trash2} title={translate('row.gone')} text={translate('row.gone-text')} />
      ) : row.error !== null ? (
        <NotRead title={translate('row.closed')} error={row.error} onRetry={() => void row.refetch()} />
      ) : (
        <Skeleton lines={6} label={translate('table.loading')} />
      )}
    </aside>
  )
}
