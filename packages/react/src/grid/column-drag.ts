import type { PlacedColumn } from '../grid-state/column-layout.ts'
import { addRange, extendSelection, selectColumns } from '../grid-state/selection.ts'
import { isRtl } from '../ui/use-is-rtl.ts'
import type { GridController } from './controller/create-grid.ts'
import { loadTools } from './controller/load-tools.ts'
import type { DropMark } from './drop-mark.ts'
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
  let mark: DropMark | undefined
  // The column moves without it too.
  loadTools().then(
    ({ dropMark }) => {
      mark = dropMark(root, head)
    },
    () => {},
  )
  followPointer(down, {
    onMove(event) {
      if (isTouch) return
      const isDragging = target !== null || Math.abs(event.clientX - down.clientX) > dragThresholdPx
      const viewport = grid.core.viewport()
      if (!isDragging || viewport === null) return
      target = viewport.pointAt(event.clientX, event.clientY).column
      mark?.show(grid.columns.columnAt(target)?.id, target - place)
    },
    onEnd(isCancelled) {
      mark?.remove()
      if (isCancelled) return
      if (target === null) selectColumn(grid, down, place)
      else grid.columns.move(place, target)
      focusGrid(root)
    },
  })
}

function selectColumn({ select, store }: GridController, down: PointerEvent, place: number): void {
  const selection = select.current()
  if (selection === null) return
  const end = { line: select.extent().lines - 1, column: place }
  const isAdding = (down.ctrlKey || down.metaKey) && store.get().selection !== null
  select.select(
    down.shiftKey
      ? extendSelection({ ...selection, anchor: { ...selection.anchor, line: 0 } }, end)
      : isAdding
        ? addRange(selection, { line: 0, column: place }, end)
        : selectColumns(place, place, selection.active, select.extent()),
    null,
  )
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
