import type { CellPlace } from '../../grid-state/cell-range.ts'
import { mostVisibleColumns } from '../../grid-state/column-layout.ts'
import { type ScrollScale, scrollScale } from '../../grid-state/scroll-scale.ts'
import { createAxis } from './axis.ts'
import { calmTimer } from './calm-timer.ts'
import type { CellContext, CellView } from './cell-view.ts'
import { createMarks, type MarkPlaces } from './marks.ts'
import { moveSideways, paneMover } from './move-panes.ts'
import { type GridPoint, pointAt } from './point-at.ts'
import { createRowHover } from './row-hover.ts'
import { createRowPool, type Panes, type RowPool } from './row-pool.ts'
import type { ViewportState } from './viewport-state.ts'

export interface ViewportElements {
  readonly root: HTMLElement
  readonly spacer: HTMLElement
  readonly view: HTMLElement
  /** The element that is the grid to assistive technology and has the focus. */
  readonly rows: HTMLElement
  readonly panes: Panes
  /** Panes over those of the cells, for what is drawn over them. */
  readonly marks: Panes
  /** Moved sideways with the columns: header and footer. */
  readonly lanes: Set<HTMLElement>
  /** What follows the last line. */
  readonly tail: HTMLElement | null
}

export interface ViewportOptions {
  readonly gridId: string
  readonly elements: ViewportElements
  readonly cells: CellContext
  readonly texts: { readonly selectRow: string; readonly openRow: string }
  readonly headPx: number
  readonly footPx: number
  /** Room behind the last line and column, in px. */
  readonly tailPx: number
  readonly sidePx: number
  /** The lines in sight. Called at every frame that shows others. */
  readonly onLines: (first: number, last: number) => void
  /** The scrolling columns in the DOM, by place. */
  readonly onColumns: (first: number, last: number) => void
  /** The width that the panes share. Called before anything is drawn in it. */
  readonly onWidth: (px: number) => void
  /** Nothing moved for a moment. */
  readonly onCalm: () => void
}

/** The part of a grid that scrolls: shows a state and tells what is in sight. No React, no decisions. */
export interface Viewport {
  /** Where an editor is put. */
  readonly editor: HTMLElement
  update(state: ViewportState): void
  /** Writes lines again whose rows changed. */
  rewrite(concerns?: (line: number) => boolean): void
  setMarks(places: MarkPlaces): void
  /** Moves one more element sideways with the columns, until the function that comes back is called. */
  addLane(lane: HTMLElement): () => void
  scrollToCell(place: CellPlace): void
  /** Scrolls by as many pixels of the screen. */
  scrollBy(xPx: number, yPx: number): void
  /** Moves the content without moving what is seen, when lines came or went above. */
  shift(lines: number): void
  /** The cell at a point; outside of the cells the nearest one. */
  pointAt(clientX: number, clientY: number): GridPoint
  cellAt(place: CellPlace): CellView | null
  /** Where the scrolling cells are on the screen. */
  cellsBox(): { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
  /** Lines and columns that fit. */
  page(): { readonly lines: number; readonly columns: number }
  firstLine(): number
  hover(line: number | null): void
  /** The cells that show rows now. */
  cells(): readonly { readonly cell: CellView; readonly line: number }[]
  /** The font of cells, as CSS writes it. */
  font(): string
  destroy(): void
}

/** Items that TanStack's virtualizer counts as one: it keeps a record for each, which would be 200 MB for 10,000,000 lines. */
const pageLines = 1_024
/** Browsers place elements exactly only near 0, so the origin follows the scroll position in steps. */
const rebasePx = 500_000

export function createViewport(options: ViewportOptions, initial: ViewportState): Viewport {
  const { elements, gridId, headPx, footPx } = options
  const { root, spacer, view, panes } = elements
  const rows = createAxis(false)
  const columns = createAxis(true)
  const marks = createMarks(elements.marks)
  const hover = createRowHover(options.texts, (line) => pool?.slotOf(line) ?? null)
  const movePanes = paneMover(elements)
  let state = initial
  let places: MarkPlaces = { edited: null, filling: null }
  let size = { width: 0, height: 0 }
  let scale: ScrollScale = scrollScale(0, 0)
  let pool: RowPool | null = null
  let [offsetPx, sidewaysPx, scrollTop, basePx] = [0, 0, 0, 0]
  let [firstColumn, firstLine] = [-1, -1]
  let activeCell: Element | null = null
  const calm = calmTimer(becomeCalm)
  let hasLeapt = false

  const bodyPx = () => Math.max(0, size.height - headPx - footPx)
  const centerPx = () => Math.max(0, size.width - state.layout.panes.start.widthPx - state.layout.panes.end.widthPx)
  const maxSideways = () => Math.max(0, state.layout.panes.center.widthPx + options.sidePx - centerPx())

  function measureLines(): void {
    const { lines, rowHeightPx } = state
    const totalPx = lines.count * rowHeightPx + options.tailPx
    scale = scrollScale(totalPx, bodyPx())
    rows.setItems(
      Math.ceil(lines.count / pageLines),
      (page) => Math.min(pageLines, lines.count - page * pageLines) * rowHeightPx,
      totalPx,
    )
    rows.setViewport(bodyPx())
    spacer.style.height = `${scale.scrollHeight + headPx + footPx}px`
  }

  function measureColumns(): void {
    const { panes: parts, columns: all } = state.layout
    const center = all.slice(parts.center.first, parts.center.first + parts.center.count)
    columns.setItems(center.length, (i) => center[i]?.widthPx ?? 0, parts.center.widthPx)
    columns.setViewport(centerPx())
    spacer.style.width = `${parts.start.widthPx + parts.center.widthPx + parts.end.widthPx + options.sidePx}px`
    for (const { start, center, end } of [panes, elements.marks]) {
      start.style.width = `${parts.start.widthPx}px`
      center.style.width = `${parts.center.widthPx}px`
      center.style.insetInlineStart = `${parts.start.widthPx}px`
      end.style.width = `${parts.end.widthPx}px`
      // Rows have a strip in it, which would be laid out even without columns.
      end.hidden = parts.end.count === 0
    }
  }

  /** Makes the pool anew where it is too small for what can be in sight. */
  function fitPool(): void {
    const { columns: all, panes: parts } = state.layout
    const widths = all.slice(parts.center.first, parts.center.first + parts.center.count).map(({ widthPx }) => widthPx)
    const ringSize = Math.max(mostVisibleColumns(widths, centerPx()), Math.min(widths.length, pool?.ringSize ?? 0))
    const lineSlots = Math.ceil(bodyPx() / state.rowHeightPx) + 1
    const first = pool?.slots()[Symbol.iterator]().next().value
    const isFit =
      pool !== null &&
      pool.ringSize === ringSize &&
      pool.size >= lineSlots &&
      first?.startCells.length === parts.start.count &&
      first.endCells.length === parts.end.count
    if (isFit) {
      pool?.replaceColumns(state)
      return
    }
    pool?.destroy()
    pool = createRowPool({ gridId, panes, size: lineSlots, ringSize, cells: options.cells }, state)
    pool.setBase(basePx, state)
    firstColumn = -1
  }

  function lineAt(offset: number): number {
    const page = rows.first()
    return page * pageLines + Math.floor((offset - rows.startOf(page)) / state.rowHeightPx)
  }

  function draw(offset: number, sideways: number): void {
    if (pool === null) return
    offsetPx = offset
    sidewaysPx = sideways
    rows.setOffset(offset)
    columns.setOffset(sideways)
    const { count } = state.layout.panes.center
    const column = Math.max(0, Math.min(count - pool.ringSize, columns.first()))
    const line = Math.max(0, Math.min(state.lines.count - pool.size, lineAt(offset)))
    if (Math.abs(offset - basePx) > rebasePx) {
      basePx = line * state.rowHeightPx
      pool.setBase(basePx, state)
      marks.update(state, basePx, places)
    }
    pool.show(line, column, state)
    placePanes()
    markActive()
    if (column !== firstColumn) {
      firstColumn = column
      options.onColumns(column, Math.min(count, column + pool.ringSize) - 1)
    }
    if (line !== firstLine) {
      firstLine = line
      options.onLines(line, Math.min(state.lines.count, line + pool.size) - 1)
    }
    calm.moved()
  }

  const movedPx = () => (state.isRtl ? 1 : -1) * sidewaysPx

  function placePanes(): void {
    movePanes({
      xPx: movedPx(),
      yPx: basePx - offsetPx,
      tailTopPx: Math.min(bodyPx() + 100, state.lines.count * state.rowHeightPx - offsetPx),
      hasMarks: state.selection !== null,
    })
  }

  function markActive(): void {
    const place = state.selection?.active
    const cell = place === undefined ? null : (pool?.cellAt(place.line, place.column)?.element ?? null)
    const id = place === undefined ? '' : `${gridId}-${place.line}-${place.column}`
    if (cell === activeCell && cell?.id === id) return
    activeCell?.removeAttribute('id')
    activeCell = cell
    if (cell === null) {
      elements.rows.removeAttribute('aria-activedescendant')
      return
    }
    cell.id = id
    elements.rows.setAttribute('aria-activedescendant', id)
  }

  function readSideways(): number {
    return Math.abs(root.scrollLeft)
  }

  const offsetNow = () => scale.follow(offsetPx, scrollTop, root.scrollTop)
  const hasScrolled = () => root.scrollTop !== scrollTop || readSideways() !== sidewaysPx

  /** Shows what the scroll bars say, which may be ahead of the event that tells of it. */
  function catchUp(): void {
    if (!hasScrolled()) return
    const offset = offsetNow()
    hasLeapt = Math.abs(offset - offsetPx) > bodyPx()
    scrollTop = root.scrollTop
    hover.over(null)
    draw(offset, readSideways())
  }

  function onScroll(): void {
    if (!hasLeapt || Math.abs(offsetNow() - offsetPx) <= bodyPx()) {
      catchUp()
      return
    }
    // Nothing on the screen outlives such a frame, so every second one is enough, at half the work.
    hasLeapt = false
    requestAnimationFrame(() => {
      if (!hasLeapt) catchUp()
    })
  }

  function scrollTo(offset: number, sideways: number): void {
    const to = Math.max(0, Math.min(scale.maxOffset, offset))
    const top = scale.toScrollTop(to)
    if (Math.abs(top - root.scrollTop) > 0.5) root.scrollTop = top
    if (Math.abs(sideways - sidewaysPx) > 0.5) root.scrollLeft = state.isRtl ? -sideways : sideways
    scrollTop = root.scrollTop
    draw(scale.isScaled ? to : scrollTop, readSideways())
  }

  function becomeCalm(): void {
    catchUp()
    if (scale.isScaled) {
      root.scrollTop = scale.toScrollTop(offsetPx)
      scrollTop = root.scrollTop
    }
    pool?.sort()
    options.onCalm()
  }

  function resize(width: number, height: number): void {
    if (width === size.width && height === size.height) return
    size = { width, height }
    view.style.width = `${width}px`
    view.style.height = `${height}px`
    options.onWidth(width)
    measureColumns()
    measureLines()
    if (width === 0 || height === 0) return
    fitPool()
    marks.update(state, basePx, places)
    draw(Math.min(offsetPx, scale.maxOffset), Math.min(sidewaysPx, maxSideways()))
    // The keyboard of a phone may have come over what is typed in.
    if (places.edited !== null) scrollToCell(places.edited)
  }

  function scrollToCell({ line, column }: CellPlace): void {
    const top = line * state.rowHeightPx
    const bottom = top + state.rowHeightPx
    const offset = top < offsetPx ? top : bottom > offsetPx + bodyPx() ? bottom - bodyPx() : offsetPx
    const placed = state.layout.columns[column]
    const sideways =
      placed?.pane === 'center' ? columns.offsetToShow(column - state.layout.panes.center.first) : sidewaysPx
    if (offset !== offsetPx || sideways !== sidewaysPx) scrollTo(offset, sideways)
  }

  const observer = new ResizeObserver(() => resize(root.clientWidth, root.clientHeight))
  observer.observe(root)
  root.addEventListener('scroll', onScroll, { passive: true })

  return {
    editor: marks.editor,
    update(next) {
      const previous = state
      state = next
      if (pool === null) return
      const isOtherLayout = next.layout !== previous.layout
      const isOtherHeight = next.rowHeightPx !== previous.rowHeightPx
      const areOtherLines = next.lines !== previous.lines || isOtherHeight
      const topLine = offsetPx / previous.rowHeightPx
      if (isOtherLayout) measureColumns()
      if (areOtherLines) measureLines()
      if (isOtherLayout || isOtherHeight) fitPool()
      if (areOtherLines || next.row !== previous.row || next.describeGroup !== previous.describeGroup)
        pool.rewrite(next)
      if (previous.selection === null && next.selection !== null) placePanes()
      if (next.selection !== previous.selection || next.found !== previous.found || areOtherLines)
        pool.paintSelection(next)
      hover.check()
      marks.update(next, basePx, places)
      if (isOtherHeight) {
        pool.setBase(basePx, next)
        firstLine = -1
        scrollTo(topLine * next.rowHeightPx, sidewaysPx)
      } else if (isOtherLayout || areOtherLines) {
        if (areOtherLines) firstLine = -1
        draw(Math.min(offsetPx, scale.maxOffset), Math.min(sidewaysPx, maxSideways()))
      } else markActive()
    },
    rewrite(concerns) {
      pool?.rewrite(state, concerns)
      calm.moved()
    },
    setMarks(next) {
      places = next
      marks.update(state, basePx, places)
    },
    addLane(lane) {
      elements.lanes.add(lane)
      moveSideways(lane, movedPx())
      return () => elements.lanes.delete(lane)
    },
    scrollToCell,
    scrollBy(xPx, yPx) {
      const along = state.isRtl ? -xPx : xPx
      scrollTo(offsetPx + yPx, Math.max(0, Math.min(maxSideways(), sidewaysPx + along)))
    },
    shift(lines) {
      catchUp()
      scrollTo(offsetPx + lines * state.rowHeightPx, sidewaysPx)
    },
    pointAt: (clientX, clientY) =>
      pointAt(state, {
        box: view.getBoundingClientRect(),
        headPx,
        widthPx: size.width,
        offsetPx,
        sidewaysPx,
        clientX,
        clientY,
      }),
    cellsBox() {
      const box = view.getBoundingClientRect()
      const { start, end } = state.layout.panes
      const [before, after] = state.isRtl ? [end.widthPx, start.widthPx] : [start.widthPx, end.widthPx]
      return {
        left: box.left + before,
        right: box.right - after,
        top: box.top + headPx,
        bottom: box.top + headPx + bodyPx(),
      }
    },
    cellAt: ({ line, column }) => pool?.cellAt(line, column) ?? null,
    page: () => ({ lines: Math.floor(bodyPx() / state.rowHeightPx), columns: Math.max(1, (pool?.ringSize ?? 1) - 1) }),
    firstLine: () => Math.max(0, firstLine),
    hover: hover.over,
    cells: () =>
      [...(pool?.slots() ?? [])]
        .filter(({ line, isGroup }) => line >= 0 && !isGroup)
        .flatMap(({ line, startCells, centerCells, endCells }) =>
          [...startCells, ...centerCells, ...endCells].map((cell) => ({ cell, line })),
        ),
    font: () => getComputedStyle(root).font,
    destroy() {
      observer.disconnect()
      root.removeEventListener('scroll', onScroll)
      calm.stop()
      for (const { start, center, end } of [panes, elements.marks])
        for (const pane of [start, center, end]) pane.replaceChildren()
    },
  }
}
