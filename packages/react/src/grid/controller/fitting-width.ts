import type { GridColumn } from '../../grid-state/grid-column.ts'
import type { GridCore } from './grid-core.ts'

/** Rows looked at to find the width that fits a column. */
const fittedRows = 200
const mostPx = 600

/** The width of a column's widest text among the rows in and near sight, in px. */
export function fittingWidth(core: GridCore, column: GridColumn): number {
  const { lines, row } = core.store.get()
  const canvas = document.createElement('canvas').getContext('2d')
  if (canvas === null) return column.width ?? mostPx
  canvas.font = core.viewport()?.font() ?? ''
  const firstRow = lines.rowAtOrAfter(core.viewport()?.firstLine() ?? 0)
  let widest = canvas.measureText(column.name).width + 44
  for (let index = firstRow; index < firstRow + fittedRows; index++) {
    const value = row(index)?.cells[column.key] ?? null
    if (value === null) continue
    const text = column.type.format(value, column.settings, core.values())
    const marksPx = Array.isArray(value) ? 22 * value.length : 28
    widest = Math.max(widest, canvas.measureText(text.slice(0, 400)).width + 20 + marksPx)
  }
  return Math.min(mostPx, Math.ceil(widest))
}
