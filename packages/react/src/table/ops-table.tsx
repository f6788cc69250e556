import { useCallback, useRef, useState } from 'react'
import { EarlySearch } from '../commands/early-search.tsx'
import { useData } from '../data/data-context.ts'
import { queryKeys } from '../data/query-keys.ts'
import { useMay } from '../data/use-may.ts'
import type { OpenedCell } from '../grid/controller/grid-core.ts'
import type { GridActions } from '../grid/grid-actions.ts'
import { GridView, type GridViewProps } from '../grid/grid-view.tsx'
import type { ColumnAggregate } from '../grid-state/aggregate-result.ts'
import { OpsContext, useOpsContext } from '../provider/ops-context.ts'
import { PausedRuns } from '../runs/paused-runs.tsx'
import { useColumnRuns } from '../runs/use-column-runs.tsx'
import { useRunMenus } from '../runs/use-run-menus.ts'
import { Direction } from '../ui/direction.tsx'
import { NotLoadedDialog } from '../ui/not-loaded-dialog.tsx'
import { onDemand } from '../ui/on-demand.ts'
import { useIsRtl } from '../ui/use-is-rtl.ts'
import { NameDialog } from '../views/name-dialog.tsx'
import { useGridColumns } from '../views/use-grid-columns.ts'
import { type TableView, type TableViewOptions, useTableView } from '../views/use-table-view.ts'
import { withGridColumns } from '../views/view-columns.ts'
import { ViewTabs } from '../views/view-tabs.tsx'
import { ActiveChips } from './active-chips.tsx'
import { ClosedTable } from './closed-table.tsx'
import { columnMarks } from './column-marks.ts'
import { ConnectionBanner } from './connection-banner.tsx'
import { NoMatches } from './no-matches.tsx'
import { densities } from './row-heights.ts'
import { TableSkeleton } from './table-skeleton.tsx'
import { type Tool, Toolbar } from './toolbar.tsx'
import { useColumnMenu } from './use-column-menu.tsx'
import { useCommandKey } from './use-command-key.ts'
import { useGridHost } from './use-grid-host.ts'
import { useRemovalNotice } from './use-removal-notice.ts'
import { useSummaries } from './use-summaries.ts'
import { useTableRows } from './use-table-rows.ts'

const RowPanel = onDemand(
  () => import('../rows/row-panel.tsx'),
  (module) => module.RowPanel,
  ({ onOpenRow }, retry, error) => <NotLoadedDialog onClose={() => onOpenRow(null)} onRetry={retry} error={error} />,
)
const TableHistory = onDemand(
  () => import('../rows/table-history.tsx'),
  (module) => module.TableHistory,
  ({ onClose }, retry, error) => <NotLoadedDialog onClose={onClose} onRetry={retry} error={error} />,
)
const DeletedRows = onDemand(
  () => import('../rows/deleted-rows.tsx'),
  (module) => module.DeletedRows,
  ({ onClose }, retry, error) => <NotLoadedDialog onClose={onClose} onRetry={retry} error={error} />,
)
const CellPopover = onDemand(
  () => import('../runs/cell-popover.tsx'),
  (module) => module.CellPopover,
  ({ onClose }, retry, error) => <NotLoadedDialog onClose={onClose} onRetry={retry} error={error} />,
)
const TableCommands = onDemand(
  () => import('./table-commands.tsx'),
  (module) => module.TableCommands,
  ({ onClose }, retry, error) => <NotLoadedDialog onClose={onClose} onRetry={retry} error={error} />,
  ({ early, onClose }) => <EarlySearch early={early} onClose={onClose} />,
)

export interface OpsTableProps extends TableViewOptions, Pick<GridViewProps, 'direction' | 'onReady' | 'className'> {
  readonly tableId: string
  /** What screen readers call the table. @default its name */
  readonly label?: string
  /** The row whose panel is open; with it, `onOpenRowChange` must follow the user. @default the user's choice */
  readonly openRowId?: string | null
  readonly onOpenRowChange?: (rowId: string | null) => void
}

/**
 * A table of the server with everything around it: views, filters, sorts, groups, colours, search, history, the panel of
 * a row and the command menu. Rows are read as they come into sight, edits are shown at once, others' as they happen.
 */
export function OpsTable(props: OpsTableProps) {
  // Another table begins anew: no view, panel or unsaved change of one belongs to the other.
  return <TableOf key={props.tableId} {...props} />
}

function TableOf(props: OpsTableProps) {
  const state = useTableView(props.tableId, props)
  if (state.view !== null) return <ShownTable {...props} view={state.view} />
  return state.error === null ? <TableSkeleton /> : <ClosedTable error={state.error} onRetry={state.retry} />
}

/** The view's summaries, as far as the heading of a group has room for them. */
function groupAggregates({ table, definition }: TableView): readonly ColumnAggregate[] {
  return definition.columns.flatMap(({ column: id, summary }) => {
    const column = table.columns.find((each) => each.id === id)
    const hasRoom = summary != null && summary !== 'distribution'
    return column === undefined || !hasRoom ? [] : [{ columnKey: column.key, aggregate: summary }]
  })
}

/** What lies over the table, one at a time. */
type Open = { readonly kind: 'history' | 'trash' | 'commands' | 'save-as' } | null

function ShownTable({ view, ...props }: OpsTableProps & { readonly view: TableView }) {
  const { translate } = useOpsContext()
  const { queryClient } = useData()
  const canWrite = useMay('rows.write')
  const [grid, setGrid] = useState<GridActions | null>(null)
  const [tool, setTool] = useState<Tool | null>(null)
  const [filterColumn, setFilterColumn] = useState<string | null>(null)
  const [open, setOpen] = useState<Open>(null)
  const [ownRow, setOwnRow] = useState<string | null>(null)
  const openRow = props.openRowId === undefined ? ownRow : props.openRowId
  const { table, definition } = view
  const tableId = table.id

  const setOpenRow = (rowId: string | null) => {
    setOwnRow(rowId)
    props.onOpenRowChange?.(rowId)
  }

  const columns = useGridColumns(view)
  const grouping = definition.groupBy.flatMap((level) => {
    const column = table.columns.find(({ id }) => id === level.column)
    return column === undefined ? [] : [{ ...level, columnKey: column.key }]
  })
  const { rows, fault } = useTableRows({
    tableId,
    view: view.reads,
    grouping,
    aggregates: grouping.length === 0 ? [] : groupAggregates(view),
    canWrite,
    onRemoved: useRemovalNotice({ table, onOpenRow: setOpenRow }),
  })
  const summaries = useSummaries(view, columns)
  const runs = useColumnRuns(tableId, table.columns)
  const [cell, setCell] = useState<OpenedCell | null>(null)
  const early = useRef({ text: '', isEntered: false })
  const onCommandMenu = () => {
    early.current = { text: '', isEntered: false }
    setOpen({ kind: 'commands' })
  }
  const onKeyDown = useCommandKey(onCommandMenu)
  const host = useGridHost({
    view,
    rows,
    onOpenRow: setOpenRow,
    onCommandMenu,
  })
  const menu = useColumnMenu({
    view,
    onFilter(columnId) {
      setFilterColumn(columnId)
      setTool('filter')
    },
  })
  const context = useRunMenus(menu.context, { view, onOpenCell: setCell })
  const openTool = (next: Tool | null) => {
    setFilterColumn(null)
    setTool(next)
  }
  const { onReady } = props
  const ready = useCallback(
    (actions: GridActions) => {
      setGrid(actions)
      if (queryClient.getQueryData(queryKeys.newTable) === tableId) {
        queryClient.removeQueries({ queryKey: queryKeys.newTable })
        actions.focus()
      }
      onReady?.(actions)
    },
    [onReady, queryClient, tableId],
  )
  const close = () => setOpen(null)
  const [isRtl, directionMark] = useIsRtl()

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of what stands in it pass here
    <div className={`ops-root ops-table ${props.className ?? ''}`} dir={props.direction} onKeyDown={onKeyDown}>
      <i ref={directionMark} className="ops-direction" />
      <Direction isRtl={isRtl}>
        <div className="ops-table-head">
          <ViewTabs view={view} />
          <Toolbar
            view={view}
            open={tool}
            filterColumn={filterColumn}
            onOpen={openTool}
            onFind={() => grid?.find()}
            onUndo={host.onUndo}
            onRedo={host.onRedo}
            onHistory={() => setOpen({ kind: 'history' })}
            onTrash={() => setOpen({ kind: 'trash' })}
          />
        </div>
        <ActiveChips view={view} onOpen={openTool} onSaveAs={() => setOpen({ kind: 'save-as' })} />
        <ConnectionBanner fault={fault} />
        <PausedRuns tableId={tableId} runs={runs.paused} />
        {canWrite ? null : <p className="ops-table-note">{translate('table.read-only')}</p>}
        {view.view.issues.length === 0 ? null : (
          <p className="ops-table-note">
            {translate('view.issues', { reasons: view.view.issues.map(({ message }) => message).join(' ') })}
          </p>
        )}
        <div className="ops-table-grid">
          {rows === null ? null : (
            <OpsContext.Provider value={context}>
              <GridView
                {...host}
                label={props.label ?? table.name}
                source={rows}
                columns={columns}
                density={densities[definition.rowHeight]}
                marks={columnMarks(definition, runs.marks)}
                onOpenCell={setCell}
                summaries={summaries}
                onColumnsChange={(next) => view.change(withGridColumns(table.columns, definition, next))}
                onReady={ready}
              />
            </OpsContext.Provider>
          )}
          {rows === null ? null : <NoMatches view={view} rows={rows} />}
          {openRow === null ? null : (
            <RowPanel view={view} rows={rows} rowId={openRow} onOpenRow={setOpenRow} onDelete={host.deleteRow} />
          )}
        </div>
        {menu.dialog}
        {cell === null ? null : (
          <CellPopover
            tableId={tableId}
            columns={table.columns}
            cell={cell}
            onClose={() => setCell(null)}
            onEdit={() => grid?.edit()}
          />
        )}
        {open?.kind === 'history' ? (
          <TableHistory
            table={table}
            onOpenRow={(rowId) => {
              close()
              setOpenRow(rowId)
            }}
            onClose={close}
          />
        ) : null}
        {open?.kind === 'trash' ? <DeletedRows table={table} onClose={close} /> : null}
        {open?.kind === 'commands' ? (
          <TableCommands
            view={view}
            grid={grid}
            onTool={openTool}
            onOpen={(kind) => setOpen({ kind })}
            onClose={close}
            early={early}
          />
        ) : null}
        {open?.kind === 'save-as' ? (
          <NameDialog
            open
            onOpenChange={close}
            title={translate('view.save-as')}
            confirmLabel={translate('view.create')}
            hasKind
            onConfirm={view.saveAs}
          />
        ) : null}
      </Direction>
    </div>
  )
}
