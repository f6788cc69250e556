import { Info, Play, Zap } from 'lucide'
import { useMemo, useRef } from 'react'
import { useDialogs } from '../data/dialog-host.tsx'
import { useMay } from '../data/use-may.ts'
import { usePlugins } from '../data/use-plugins.ts'
import type { OpenedCell } from '../grid/controller/grid-core.ts'
import type { GridMenuContext, OpsContextValue } from '../provider/ops-context.ts'
import type { MenuEntry, MenuSections } from '../ui/menu-entry.ts'
import { useNotices } from '../ui/notice-queue.ts'
import type { TableView } from '../views/use-table-view.ts'

export interface RunMenusOptions {
  readonly view: TableView
  onOpenCell(cell: OpenedCell): void
}

/** Rows that one call may name. */
const mostRows = 5_000

/** Adds runs and actions to the menus of columns and cells. @param context what the grid would have without */
export function useRunMenus(context: OpsContextValue, { view, onOpenCell }: RunMenusOptions): OpsContextValue {
  const { translate } = context
  const dialogs = useDialogs()
  const notices = useNotices()
  const mayRun = useMay('runs.write')
  const hasActions = usePlugins().data?.some(({ actions }) => actions.length > 0) === true
  const tableId = view.table.id
  const { filter } = view.definition
  const filled = (id: string) => view.table.columns.find((column) => column.id === id && column.fill !== null)

  const ofColumn = ({ column }: GridMenuContext, sections: MenuSections): MenuSections => {
    if (!mayRun || filled(column.id) === undefined) return sections
    const run = () => dialogs.open('run-column', { tableId, columnId: column.id, ...(filter !== null && { filter }) })
    return [[{ id: 'run-column', label: translate('run.column-menu'), icon: Play, run }], ...sections]
  }

  const ofCells = ({ grid, column }: GridMenuContext, sections: MenuSections): MenuSections => {
    const count = grid.selectedRowCount()
    const withRows = async (dialog: string, props: object) => {
      if (count > mostRows) {
        notices.show({ kind: 'error', text: translate('run.too-many-rows', { most: mostRows }) })
        return
      }
      const rows = await grid.selectedRows()
      dialogs.open(dialog, { tableId, rows: rows.map(({ id }) => id), ...props })
    }
    const own = filled(column.id)
    const active = grid.activeCell()
    // Where a cell has something to tell of itself, the grid has the entry.
    const isPlain = active !== null && active.row.statuses?.[column.key] === undefined
    const entries: readonly MenuEntry[] = [
      ...(own !== undefined && isPlain
        ? [
            {
              id: 'cell-origin',
              label: translate('cell.from-menu'),
              icon: Info,
              run: () => onOpenCell({ rowId: active.row.id, columnId: column.id, box: active.box }),
            },
          ]
        : []),
      ...(own !== undefined && mayRun && count > 0
        ? [
            {
              id: 'run-rows',
              label: translate('run.rows-menu', { name: own.name, count }),
              icon: Play,
              run: () => void withRows('run-column', { columnId: own.id }),
            },
          ]
        : []),
      ...(hasActions && mayRun && count > 0
        ? [
            {
              id: 'action-rows',
              label: translate('action.rows-menu', { count }),
              icon: Zap,
              run: () => void withRows('action', {}),
            },
          ]
        : []),
    ]
    return entries.length === 0 ? sections : [...sections, entries]
  }

  const latest = useRef({ ofColumn, ofCells })
  latest.current = { ofColumn, ofCells }
  return useMemo(
    () => ({
      ...context,
      menus: {
        ...context.menus,
        column: (sections: MenuSections, at: GridMenuContext) => {
          const ours = latest.current.ofColumn(at, sections)
          return context.menus.column?.(ours, at) ?? ours
        },
        cell: (sections: MenuSections, at: GridMenuContext) => {
          const ours = latest.current.ofCells(at, sections)
          return context.menus.cell?.(ours, at) ?? ours
        },
      },
    }),
    [context],
  )
}
