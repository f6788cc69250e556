import { clampColumnWidth, moveColumn } from '../../grid-state/column-layout.ts'
import type { GridColumn, PinnedSide } from '../../grid-state/grid-column.ts'
import { selectColumns } from '../../grid-state/selection.ts'
import type { GridCore } from './grid-core.ts'
import type { selecting } from './selecting.ts'

/** Rows looked at to find the width that fits a column. */
const fittedRows = 200

export function columnActions(core: GridCore, select: ReturnType<typeof selecting>) {
  const { store } = core

  function setColumns(columns: readonly GridColumn[]): void {
    store.set({ columns })
    core.host().onColumnsChange?.(columns)
  }

  function change(columnId: string, changes: Partial<GridColumn>): void {
    setColumns(store.get().columns.map((column) => (column.id === columnId ? { ...column, ...changes } : column)))
  }

  function columnAt(place: number): GridColumn | undefined {
    return store.get().layout.columns[place]?.column
  }

  return {
    /** While the edge of a column is dragged: the host hears of it at the end. */
    resizeLive(columnId: string, widthPx: number): void {
      const width = clampColumnWidth(widthPx)
      const { columns } = store.get()
      store.set({ columns: columns.map((column) => (column.id === columnId ? { ...column, width } : column)) })
    },
    resize(columnId: string, widthPx: number): void {
      const width = clampColumnWidth(widthPx)
      change(columnId, { width })
      const name = store.get().columns.find(({ id }) => id === columnId)?.name ?? ''
      core.announce(core.translate()('announce.resized-column', { name, px: width }))
    },
    /** Makes a column as wide as its widest text among the rows in and near sight. */
    fit(columnId: string): void {
      const { columns, lines, row } = store.get()
      const column = columns.find(({ id }) => id === columnId)
      const canvas = document.createElement('canvas').getContext('2d')
      const font = core.viewport()?.font()
      if (column === undefined || canvas === null || font === undefined) return
      canvas.font = font
      const firstRow = lines.rowAtOrAfter(core.viewport()?.firstLine() ?? 0)
      let widest = canvas.measureText(column.name).width + 44
      for (let index = firstRow; index < firstRow + fittedRows; index++) {
        const value = row(index)?.cells[column.key] ?? null
        if (value === null) continue
        const text = column.type.format(value, column.settings, core.values())
        const marksPx = Array.isArray(value) ? 22 * value.length : 28
        widest = Math.max(widest, canvas.measureText(text.slice(0, 400)).width + 20 + marksPx)
      }
      this.resize(columnId, Math.min(600, Math.ceil(widest)))
    },
    move(from: number, to: number): void {
      const { layout } = store.get()
      const moved = columnAt(from)
      const target = Math.max(0, Math.min(layout.columns.length - 1, to))
      if (moved === undefined || target === from) return
      setColumns(moveColumn(layout, from, target))
      const { active } = select.current() ?? { active: { line: 0 } }
      const place = store.get().layout.columns.findIndex(({ column }) => column.id === moved.id)
      select.select(selectColumns(place, place, { line: active.line, column: place }, select.extent()), {
        line: active.line,
        column: place,
      })
      core.announce(
        core.translate()('announce.moved-column', { name: moved.name, place: place + 1, count: layout.columns.length }),
      )
    },
    pin(columnId: string, pinned: PinnedSide | null): void {
      change(columnId, { pinned })
    },
    columnAt,
    setColumns,
  }
}
