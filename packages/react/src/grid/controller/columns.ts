import { clampColumnWidth, moveColumn } from '../../grid-state/column-layout.ts'
import type { GridColumn } from '../../grid-state/grid-column.ts'
import { selectColumns } from '../../grid-state/selection.ts'
import type { GridCore } from './grid-core.ts'
import { withTools } from './load-tools.ts'
import type { selecting } from './selecting.ts'

export function columnActions(core: GridCore, select: ReturnType<typeof selecting>) {
  const { store } = core

  function setColumns(columns: readonly GridColumn[]): void {
    store.set({ columns })
    core.host().onColumnsChange?.(columns)
  }

  function changed(columnId: string, changes: Partial<GridColumn>): readonly GridColumn[] {
    return store.get().columns.map((column) => (column.id === columnId ? { ...column, ...changes } : column))
  }

  function change(columnId: string, changes: Partial<GridColumn>): void {
    setColumns(changed(columnId, changes))
  }

  function columnAt(place: number): GridColumn | undefined {
    return store.get().layout.columns[place]?.column
  }

  return {
    /** While the edge of a column is dragged: the host hears of it at the end. */
    resizeLive(columnId: string, widthPx: number): void {
      store.set({ columns: changed(columnId, { width: clampColumnWidth(widthPx) }) })
    },
    resize(columnId: string, widthPx: number): void {
      const width = clampColumnWidth(widthPx)
      change(columnId, { width })
      const name = store.get().columns.find(({ id }) => id === columnId)?.name ?? ''
      core.announce(core.translate()('announce.resized-column', { name, px: width }))
    },
    /** Makes a column as wide as its widest text among the rows in and near sight. */
    async fit(columnId: string): Promise<void> {
      const column = store.get().columns.find(({ id }) => id === columnId)
      if (column === undefined) return
      await withTools(core, ({ fittingWidth }) => this.resize(columnId, fittingWidth(core, column)))
    },
    move(from: number, to: number): void {
      const { layout } = store.get()
      const moved = columnAt(from)
      const target = Math.max(0, Math.min(layout.columns.length - 1, to))
      if (moved === undefined || target === from) return
      setColumns(moveColumn(layout, from, target))
      const place = store.get().layout.columns.findIndex(({ column }) => column.id === moved.id)
      const at = { line: select.current()?.active.line ?? 0, column: place }
      select.select(selectColumns(place, place, at, select.extent()), at)
      core.announce(
        core.translate()('announce.moved-column', { name: moved.name, place: place + 1, count: layout.columns.length }),
      )
    },
    change,
    columnAt,
  }
}
