import type { PlacedColumn } from '../../grid-state/column-layout.ts'
import type { CellFormat } from '../../grid-state/grid-row.ts'
import { isLineSelected, isSelected } from '../../grid-state/selection.ts'
import {
  applyFormat,
  type CellContext,
  type CellView,
  markFound,
  placeCell,
  selectCellView,
  writeAggregate,
  writeCell,
} from './cell-view.ts'
import { type RowSlot, type RowSlotOptions, slotFactory } from './row-slot.ts'
import type { ViewportState } from './viewport-state.ts'

/** The panes that the strips of lines stand in. */
export interface Panes {
  readonly start: HTMLElement
  readonly center: HTMLElement
  readonly end: HTMLElement
}

export interface RowPoolOptions extends Omit<RowSlotOptions, 'layout'> {
  readonly panes: Panes
  /** Lines that fit on the screen, and one for the line that is cut at both ends. */
  readonly size: number
  readonly cells: CellContext
}

/** The lines in the DOM: as many as fit on the screen, written over and over as others come into sight. */
export interface RowPool {
  readonly ringSize: number
  readonly size: number
  /** Shows lines from `firstLine` and scrolling columns from `firstColumn` on. */
  show(firstLine: number, firstColumn: number, state: ViewportState): void
  /** Writes lines again whose rows changed; all of them without a predicate. */
  rewrite(state: ViewportState, concerns?: (line: number) => boolean): void
  /** Sets columns where the layout has them now; their number and panes are the same. */
  replaceColumns(state: ViewportState): void
  paintSelection(state: ViewportState): void
  /** Moves all lines when the origin of their coordinates moved. */
  setBase(basePx: number, state: ViewportState): void
  /** Puts lines and columns in the DOM in the order that is seen, for reading and for selecting text. */
  sort(): void
  slotOf(line: number): RowSlot | null
  cellAt(line: number, place: number): CellView | null
  slots(): Iterable<RowSlot>
  destroy(): void
}

export function createRowPool(options: RowPoolOptions, initial: ViewportState): RowPool {
  const { panes, size, ringSize, cells: context } = options
  const makeSlot = slotFactory({ ...options, layout: initial.layout })
  const ring = Array.from({ length: size }, (_, i) => makeSlot(i))
  let spare = makeSlot(size)
  /** The line with the active cell while it is out of sight: assistive technology still points at it. */
  let kept: RowSlot | null = null
  let basePx = 0
  let firstLine = 0
  let firstColumn = -1
  for (const slot of [...ring, spare]) park(slot)
  panes.start.append(...ring.map(({ start }) => start), spare.start)
  panes.center.append(...ring.map(({ center }) => center), spare.center)
  panes.end.append(...ring.map(({ end }) => end), spare.end)

  const everySlot = () => (kept === null ? ring : [...ring, kept])
  const cellsOf = (slot: RowSlot) => [...slot.startCells, ...slot.centerCells, ...slot.endCells]

  function park(slot: RowSlot): void {
    slot.line = -1
    for (const strip of [slot.start, slot.center, slot.end]) strip.hidden = true
  }

  function placeSlot(slot: RowSlot, { rowHeightPx }: ViewportState): void {
    const top = `${slot.line * rowHeightPx - basePx}px`
    slot.start.style.top = top
    slot.center.style.top = top
    slot.end.style.top = top
  }

  function bind(index: number, line: number, state: ViewportState): void {
    let slot = ring[index]
    if (slot === undefined) return
    if (kept?.line === line) {
      ring[index] = kept
      kept = null
      spare = slot
      park(slot)
      return
    }
    if (slot.line >= 0 && slot.line === state.selection?.active.line && kept === null) {
      kept = slot
      slot = spare
      ring[index] = spare
    }
    slot.line = line
    slot.start.setAttribute('aria-rowindex', String(line + 2))
    if (slot.start.hidden) for (const strip of [slot.start, slot.center, slot.end]) strip.hidden = false
    placeSlot(slot, state)
    write(slot, state)
    select(slot, state)
  }

  function releaseKept({ selection }: ViewportState): void {
    if (kept === null || kept.line === selection?.active.line) return
    spare = kept
    park(kept)
    kept = null
  }

  function write(slot: RowSlot, state: ViewportState): void {
    const line = state.lines.at(slot.line)
    const isGroup = line?.kind === 'group'
    if (isGroup !== slot.isGroup) {
      slot.isGroup = isGroup
      for (const strip of [slot.start, slot.center, slot.end]) strip.classList.toggle('ops-group', isGroup)
      if (!isGroup) for (const name of ['aria-expanded', 'aria-level']) slot.start.removeAttribute(name)
      nameRowBy(isGroup ? slot.heading.element : slot.gutter, isGroup ? slot.gutter : slot.heading.element)
    }
    if (line?.kind === 'group') writeGroup(slot, line, state)
    else writeRow(slot, line, state)
  }

  function writeRow(slot: RowSlot, line: { readonly row: number } | undefined, state: ViewportState): void {
    const row = line === undefined ? undefined : state.row(line.row)
    slot.number.data = line === undefined ? '' : String(line.row + 1)
    const isLoading = row === undefined
    if (slot.start.classList.contains('ops-loading') !== isLoading) {
      for (const strip of [slot.start, slot.center, slot.end]) strip.classList.toggle('ops-loading', isLoading)
    }
    formatRow(slot, row?.formats?.row)
    for (const cell of slot.startCells) writeCell(cell, row, context)
    for (const cell of slot.centerCells) writeCell(cell, row, context)
    for (const cell of slot.endCells) writeCell(cell, row, context)
  }

  function formatRow(slot: RowSlot, format: CellFormat | undefined): void {
    if (format === undefined && !slot.start.classList.contains('ops-formatted')) return
    for (const strip of [slot.start, slot.center, slot.end]) {
      applyFormat(strip, format)
      strip.classList.toggle('ops-formatted', format !== undefined)
    }
  }

  function writeGroup(
    slot: RowSlot,
    line: Extract<ReturnType<ViewportState['lines']['at']>, { kind: 'group' }>,
    state: ViewportState,
  ): void {
    const { group, isCollapsed } = line
    const texts = state.describeGroup(group)
    const { heading } = slot
    heading.column.data = texts.column
    heading.value.textContent = texts.value
    heading.value.className =
      texts.tone === null ? 'ops-group-value' : `ops-group-value ops-pill ops-tone-${texts.tone}`
    heading.count.data = texts.count
    heading.element.dataset.depth = String(Math.min(group.path.length - 1, 4))
    slot.number.data = ''
    slot.start.setAttribute('aria-expanded', String(!isCollapsed))
    slot.start.setAttribute('aria-level', String(group.path.length))
    for (const strip of [slot.start, slot.center, slot.end]) strip.classList.remove('ops-loading')
    formatRow(slot, undefined)
    for (const cell of cellsOf(slot)) writeAggregate(cell, group, context)
  }

  function writeColumn(slot: RowSlot, cell: CellView, state: ViewportState): void {
    const line = state.lines.at(slot.line)
    if (line?.kind === 'group') writeAggregate(cell, line.group, context)
    else if (line !== undefined) writeCell(cell, state.row(line.row), context)
    mark(slot, cell, state)
  }

  function mark({ line }: RowSlot, cell: CellView, { selection, found, lines, row }: ViewportState): void {
    const place = cell.placed?.place ?? -1
    selectCellView(cell, selection !== null && isSelected(selection, line, place))
    if (found.size === 0 && !cell.isFound) return
    const at = lines.at(line)
    const rowId = at?.kind === 'row' ? row(at.row)?.id : undefined
    markFound(cell, rowId !== undefined && found.has(`${rowId} ${cell.placed?.column.id}`))
  }

  function select(slot: RowSlot, state: ViewportState): void {
    const { selection, layout } = state
    const extent = { lines: state.lines.count, columns: layout.columns.length }
    const isWhole = selection !== null && slot.line >= 0 && isLineSelected(selection, slot.line, extent)
    if (slot.isWhole !== isWhole) {
      slot.isWhole = isWhole
      for (const strip of [slot.start, slot.center, slot.end]) strip.classList.toggle('ops-selected-row', isWhole)
    }
    for (const cell of slot.startCells) mark(slot, cell, state)
    for (const cell of slot.centerCells) mark(slot, cell, state)
    for (const cell of slot.endCells) mark(slot, cell, state)
  }

  function showColumns(from: number, state: ViewportState): void {
    firstColumn = from
    const { first, count } = state.layout.panes.center
    const last = Math.min(count, from + ringSize)
    for (let i = from; i < last; i++) {
      const placed = state.layout.columns[first + i] as PlacedColumn
      for (const slot of everySlot()) {
        const cell = slot.centerCells[i % ringSize]
        if (cell === undefined || cell.placed === placed) continue
        placeCell(cell, placed)
        if (slot.line >= 0) writeColumn(slot, cell, state)
      }
      const idle = spare.centerCells[i % ringSize]
      if (idle !== undefined && idle.placed !== placed) placeCell(idle, placed)
    }
  }

  const slotOf = (line: number) => {
    const slot = ring[line % size]
    if (slot?.line === line) return slot
    return kept?.line === line ? kept : null
  }

  return {
    ringSize,
    size,
    show(from, column, state) {
      releaseKept(state)
      if (column !== firstColumn) showColumns(column, state)
      firstLine = from
      const last = Math.min(state.lines.count, from + size)
      for (let line = from; line < last; line++) if (ring[line % size]?.line !== line) bind(line % size, line, state)
      if (last - from < size) {
        for (const slot of ring) if (slot.line >= last && slot.line >= 0) park(slot)
      }
    },
    rewrite(state, concerns) {
      for (const slot of everySlot()) {
        if (slot.line < 0 || (concerns !== undefined && !concerns(slot.line))) continue
        write(slot, state)
        if (state.found.size > 0) select(slot, state)
      }
    },
    replaceColumns(state) {
      const { start, end } = state.layout.panes
      for (const slot of [...everySlot(), spare]) {
        for (const [i, cell] of slot.startCells.entries())
          placeCell(cell, state.layout.columns[start.first + i] as PlacedColumn)
        for (const [i, cell] of slot.endCells.entries())
          placeCell(cell, state.layout.columns[end.first + i] as PlacedColumn)
      }
      showColumns(firstColumn, state)
    },
    paintSelection(state) {
      releaseKept(state)
      for (const slot of everySlot()) if (slot.line >= 0) select(slot, state)
    },
    setBase(px, state) {
      basePx = px
      for (const slot of everySlot()) if (slot.line >= 0) placeSlot(slot, state)
    },
    sort() {
      const order = ring.map((_, i) => ring[(firstLine + i) % size] as RowSlot)
      if (kept !== null) kept.line < firstLine ? order.unshift(kept) : order.push(kept)
      let previous: RowSlot | null = null
      for (const slot of order) {
        const follows = previous === null ? panes.start.firstElementChild : previous.start.nextElementSibling
        if (follows !== slot.start)
          previous === null ? panes.start.prepend(slot.start) : previous.start.after(slot.start)
        previous = slot
        const first = slot.centerCells[firstColumn % ringSize]?.element
        if (first === undefined || slot.center.firstElementChild === first) continue
        slot.center.append(
          ...slot.centerCells.map((_, i) => slot.centerCells[(firstColumn + i) % ringSize]?.element ?? ''),
        )
      }
    },
    slotOf,
    cellAt(line, place) {
      const slot = slotOf(line)
      return slot === null ? null : (cellsOf(slot).find((cell) => cell.placed?.place === place) ?? null)
    },
    slots: everySlot,
    destroy() {
      for (const pane of [panes.start, panes.center, panes.end]) pane.replaceChildren()
    },
  }
}

/** Makes one of two elements the header of its row to assistive technology, and the other nothing. */
function nameRowBy(header: HTMLElement, other: HTMLElement): void {
  header.setAttribute('role', 'rowheader')
  header.setAttribute('aria-colindex', '1')
  other.setAttribute('role', 'presentation')
  other.removeAttribute('aria-colindex')
}
