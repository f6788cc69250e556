import { type ReactPortal, useEffect, useLayoutEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { useGrid } from './use-grid-state.ts'
import { type CellView, liveElement } from './viewport/cell-view.ts'

interface LiveCell {
  readonly cell: CellView
  readonly line: number
}

/** React in the cells whose kind asks for it, once nothing scrolls. */
export function LiveCells() {
  const grid = useGrid()
  const [live, setLive] = useState<readonly LiveCell[]>([])
  useEffect(
    () =>
      grid.onCalm(() => {
        const cells = (grid.core.viewport()?.cells() ?? []).filter(({ cell }) => cell.kind?.live !== undefined)
        setLive((before) => (before.length === 0 && cells.length === 0 ? before : cells))
      }),
    [grid],
  )
  // Only once React has drawn: until then the plain nodes are better than nothing.
  useLayoutEffect(() => {
    for (const { cell } of live) if (cell.kind?.live !== undefined) cell.element.classList.add('ops-lives')
  }, [live])
  const { lines, row } = grid.store.get()
  return live.map(({ cell, line }): ReactPortal | null => {
    const at = lines.at(line)
    const shown = at?.kind === 'row' ? row(at.row) : undefined
    const column = cell.placed?.column
    const Live = cell.kind?.live
    if (shown === undefined || column === undefined || Live === undefined) return null
    const value = shown.cells[column.key] ?? null
    return createPortal(
      <Live value={value} column={column} row={shown} />,
      liveElement(cell),
      `${shown.id} ${column.id}`,
    )
  })
}
