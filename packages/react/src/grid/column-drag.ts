import type { PlacedColumn } from '../grid-state/column-layout.ts'
import { addRange, extendSelection, selectColumns } from '../grid-state/selection.ts'
import { isRtl } from '../ui/use-is-rtl.ts'
import type { GridController } from './controller/create-grid.ts'
import { focusGrid } from './focus-grid.ts'
import { followPointer } from './follow-pointer.ts'

/** Pointers tremble: what moves less is a click. */
const dragThresholdPx = 5

/** A press on a header: selects the column, or moves it if the pointer drags it elsewhere. */
export function dragColumn(grid: GridController, down: PointerEvent, place: number): void {
  if (down.button !== 0) return
  const root = (down.target as Element).closest('.ops-grid')
  const head = (down.target as Element).closest('.ops-head-cell')
  if (!(root instanceof HTMLElement) || !(head instanceof HTMLElement)) return
  const isTouch = down.pointerType === 'touch'
  let target: number | null = null
  const mark = document.createElement('div')
  mark.className = 'ops-drop-mark'
  followPointer(down, {
    onMove(event) {
      if (isTouch) return
      const isDragging = target !== null || Math.abs(event.clientX - down.clientX) > dragThresholdPx
      const viewport = grid.core.viewport()
      if (!isDragging || viewport === null) return
      const { layout } = grid.store.get()
      target = viewport.pointAt(event.clientX, event.clientY).column
      head.classList.add('ops-dragged')
      const box = root.querySelector(`[data-column="${CSS.escape(layout.columns[target]?.column.id ?? '')}"]`)
      if (box === null) return
      const { left, right } = box.getBoundingClientRect()
      const isAfter = target > place !== isRtl(root)
      const { left: origin } = root.getBoundingClientRect()
      if (mark.parentElement === null) root.parentElement?.append(mark)
      mark.style.left = `${(isAfter ? right : left) - origin - 1}px`
      mark.hidden = target === place
    },
    onEnd(isCancelled) {
      mark.remove()
      head.classList.remove('ops-dragged')
      if (isCancelled) return
      if (target === null) selectColumn(grid, down, place)
      else grid.columns.move(place, target)
      focusGrid(root)
    },
  })
}

function selectColumn(grid: GridController, down: PointerEvent, place: number): void {
  const { select, store } = grid
  const { selection } = store.get()
  const last = select.extent().lines - 1
  const line = selection?.active.line ?? grid.core.viewport()?.firstLine() ?? 0
  if (last < 0) return
  if (down.shiftKey && selection !== null) {
    select.select(
      extendSelection({ ...selection, anchor: { ...selection.anchor, line: 0 } }, { line: last, column: place }),
      null,
    )
  } else if ((down.ctrlKey || down.metaKey) && selection !== null) {
    select.select(addRange(selection, { line: 0, column: place }, { line: last, column: place }), null)
  } else {
    select.select(selectColumns(place, place, { line, column: place }, select.extent()), null)
  }
}

/** A press on the edge of a header: the column is as wide as the pointer says. */
export function resizeColumn(grid: GridController, down: PointerEvent, { column, widthPx }: PlacedColumn): void {
  if (down.button !== 0) return
  const sign = isRtl(down.target as Element) ? -1 : 1
  const widthAt = (event: PointerEvent) => widthPx + sign * (event.clientX - down.clientX)
  let last: PointerEvent | null = null
  followPointer(down, {
    onMove(event) {
      last = event
      grid.columns.resizeLive(column.id, widthAt(event))
    },
    onEnd(isCancelled) {
      if (isCancelled) grid.columns.resizeLive(column.id, widthPx)
      else if (last !== null) grid.columns.resize(column.id, widthAt(last))
    },
  })
}
