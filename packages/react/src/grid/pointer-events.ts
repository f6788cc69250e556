import {
  addRange,
  extendSelection,
  isLineSelected,
  isSelected,
  selectCell,
  selectRange,
} from '../grid-state/selection.ts'
import { autoScroll } from './auto-scroll.ts'
import type { GridController } from './controller/create-grid.ts'
import { focusGrid } from './focus-grid.ts'
import { followPointer } from './follow-pointer.ts'
import { listenToLongTouch } from './long-touch.ts'
import { openLink } from './open-link.ts'
import type { GridPoint } from './viewport/point-at.ts'

/** Hands presses, drags, double clicks and touches in the cells to the grid; gives the way to stop. */
export function listenToPointer(grid: GridController, root: HTMLElement): () => void {
  const pointOf = (event: MouseEvent): GridPoint | null =>
    grid.core.viewport()?.pointAt(event.clientX, event.clientY) ?? null
  const isInCells = (event: Event) => event.target instanceof Element && event.target.closest('.ops-pane') !== null
  const isInEditor = (event: Event) =>
    event.target instanceof Element && event.target.closest('.ops-editor-place') !== null

  const onPointerDown = (event: PointerEvent) => {
    if (!isInCells(event) || isInEditor(event)) return
    const isTouch = event.pointerType === 'touch'
    grid.store.set({ isTouched: isTouch })
    const isAtHandle = event.target instanceof Element && event.target.closest('.ops-touch-handle') !== null
    if (isTouch && isAtHandle) extend(grid, event)
    const point = pointOf(event)
    if (isTouch || point === null || point.area === 'below' || point.area === 'beside') return
    if (event.button === 2) {
      const { selection } = grid.store.get()
      if (selection === null || !isSelected(selection, point.line, point.column))
        grid.select.select(selectCell(point), null)
      return
    }
    if (event.button !== 0) return
    // Without it the browser would begin to select text and move the focus.
    event.preventDefault()
    focusGrid(root)
    press(grid, event, point)
  }

  /** Touches scroll; only a tap selects, and a tap on the active cell edits. Taps on their numbers tick lines. */
  const onClick = (event: MouseEvent) => {
    if (!isInCells(event) || isInEditor(event)) return
    if (event.target instanceof HTMLInputElement) event.preventDefault()
    const point = pointOf(event)
    if ((event as PointerEvent).pointerType !== 'touch' || point === null) return
    if (point.area === 'below' || point.area === 'beside') return
    focusGrid(root)
    const { selection } = grid.store.get()
    const active = selection?.active
    if (pressedPart(grid, event, point)) return
    if (point.area === 'gutter') grid.select.toggleLine(selection, point.line)
    else if (active?.line === point.line && active.column === point.column) grid.edit.start(null)
    else grid.select.select(selectCell(point), null)
  }

  const onDoubleClick = (event: MouseEvent) => {
    if (!isInCells(event) || isInEditor(event)) return
    if (event.target instanceof Element && event.target.closest('.ops-fill-handle') !== null) {
      void grid.fill.fillToNeighbour()
      return
    }
    const point = pointOf(event)
    if (point?.area === 'cell' && !(event.target instanceof HTMLInputElement)) grid.edit.start(null)
  }

  const openMenu = (event: MouseEvent) => {
    if (!isInCells(event) || isInEditor(event)) return
    const point = pointOf(event)
    const columnId = grid.store.get().layout.columns[point?.column ?? -1]?.column.id
    if (point === null || columnId === undefined || point.area === 'below') return
    event.preventDefault()
    const { selection } = grid.store.get()
    if (selection === null || !isSelected(selection, point.line, point.column))
      grid.select.select(selectCell(point), null)
    grid.store.set({ menu: { kind: 'cell', columnId, xPx: event.clientX, yPx: event.clientY } })
  }
  const onHold = (event: PointerEvent) => {
    const head = event.target instanceof Element ? event.target.closest<HTMLElement>('.ops-head-cell') : null
    const columnId = head?.dataset.column
    if (columnId === undefined) return openMenu(event)
    grid.store.set({ menu: { kind: 'column', columnId, xPx: event.clientX, yPx: event.clientY } })
  }

  const onPointerMove = (event: PointerEvent) => {
    if (event.pointerType === 'touch' || event.buttons !== 0) return
    const point = isInCells(event) ? pointOf(event) : null
    grid.core.viewport()?.hover(point === null || point.area === 'below' ? null : point.line)
  }
  const onPointerLeave = () => grid.core.viewport()?.hover(null)

  const life = new AbortController()
  const { signal } = life
  root.addEventListener('pointerdown', onPointerDown, { signal })
  root.addEventListener('click', onClick, { signal })
  root.addEventListener('dblclick', onDoubleClick, { signal })
  root.addEventListener('contextmenu', openMenu, { signal })
  root.addEventListener('pointermove', onPointerMove, { signal })
  root.addEventListener('pointerleave', onPointerLeave, { signal })
  listenToLongTouch(root, onHold, signal)
  return () => life.abort()
}

/** A press with the mouse or a pen. */
function press(grid: GridController, event: PointerEvent, point: GridPoint): void {
  const target = event.target as Element
  if (target.closest('.ops-fill-handle') !== null) {
    dragOver(
      grid,
      event,
      (over) => grid.fill.dragTo(over),
      (isCancelled) => {
        if (isCancelled) grid.store.set({ filling: null })
        else grid.fill.drop()
      },
    )
    return
  }
  if (pressedPart(grid, event, point)) return
  const { select, store } = grid
  const { selection } = store.get()
  const isAdding = event.ctrlKey || event.metaKey || target.closest('.ops-row-checkbox') !== null
  if (point.area === 'gutter') {
    pressLine(grid, event, point.line, isAdding)
    return
  }
  if (event.shiftKey && selection !== null) select.select(extendSelection(selection, point), null)
  else if (isAdding && selection !== null) select.select(addRange(selection, point), null)
  else select.select(selectCell(point))
  const began = store.get().selection
  if (began === null) return
  dragOver(grid, event, (over) => {
    const now = store.get().selection
    if (now === null || (now.head.line === over.line && now.head.column === over.column)) return
    select.select(event.shiftKey || isAdding ? extendSelection(now, over) : selectRange(began.anchor, over), null)
  })
}

/** A press on the number of a line: all of the line, and those that it is dragged over. */
function pressLine(grid: GridController, event: PointerEvent, line: number, isAdding: boolean): void {
  const { select, store } = grid
  const { selection } = store.get()
  if (event.shiftKey && selection !== null) select.extendLines(selection, line)
  else select.toggleLine(isAdding ? selection : null, line)
  const began = store.get().selection
  // One that was taken away leads to no others.
  if (began === null || !isLineSelected(began, line, select.extent())) return
  dragOver(grid, event, (over) => select.extendLines(began, over.line))
}

/** The corner of the selection under a finger: the selection reaches to where it is dragged. */
function extend(grid: GridController, down: PointerEvent): void {
  down.preventDefault()
  dragOver(grid, down, (over) => {
    const { selection } = grid.store.get()
    if (selection !== null) grid.select.select(extendSelection(selection, over), null)
  })
}

/** Parts of a line that do something of their own. True if one was pressed. */
function pressedPart(grid: GridController, event: MouseEvent, point: GridPoint): boolean {
  const target = event.target as Element
  const line = grid.store.get().lines.at(point.line)
  if (line?.kind === 'group' && target.closest('.ops-group-heading') !== null) return grid.groups.toggle(point.line)
  const row = line?.kind === 'row' ? grid.store.get().row(line.row) : undefined
  if (row === undefined) return false
  if (target.closest('.ops-row-open') !== null) {
    grid.core.host().onOpenRow?.(row.id)
    return true
  }
  const column = grid.store.get().layout.columns[point.column]?.column
  if (point.area !== 'cell' || column === undefined) return false
  if ((event.ctrlKey || event.metaKey) && target.closest('.ops-cell-link') !== null) {
    return openLink(column.type.id, row.cells[column.key] ?? null)
  }
  if (target.closest('.ops-cell-failed .ops-marked, .ops-cell-skipped .ops-marked') !== null) {
    grid.select.select(selectCell(point), null)
    return grid.edit.openCell(point)
  }
  if (target.closest('.ops-cell-checkbox .ops-checkbox') === null) return false
  grid.select.select(selectCell(point), null)
  grid.edit.start(null)
  return true
}

/** Follows a drag over the cells, scrolling on where it leaves them. */
function dragOver(
  grid: GridController,
  down: PointerEvent,
  onCell: (point: GridPoint) => void,
  onEnd: (isCancelled: boolean) => void = () => {},
): void {
  const scroller = autoScroll(grid, onCell)
  followPointer(down, {
    onMove: (event) => scroller.move(event.clientX, event.clientY),
    onEnd(isCancelled) {
      scroller.stop()
      onEnd(isCancelled)
    },
  })
}
