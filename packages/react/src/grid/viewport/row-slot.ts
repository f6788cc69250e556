import { Maximize2 } from 'lucide'
import { iconElement } from '../../cells/icon-element.ts'
import type { ColumnLayout, PlacedColumn } from '../../grid-state/column-layout.ts'
import { type CellView, createCell, placeCell } from './cell-view.ts'

/** One pooled line: three strips, one per pane, which assistive technology sees as one row. */
export interface RowSlot {
  /** The line that it shows, or -1 while it is parked. */
  line: number
  isGroup: boolean
  /** Whether the whole line is selected. */
  isWhole: boolean
  readonly start: HTMLElement
  readonly center: HTMLElement
  readonly end: HTMLElement
  readonly gutter: HTMLElement
  readonly number: Text
  readonly heading: GroupHeading
  readonly startCells: readonly CellView[]
  /** A ring: the cell of the n-th scrolling column is at `n % length`. */
  readonly centerCells: readonly CellView[]
  readonly endCells: readonly CellView[]
}

/** The heading that stands over a line when it shows a group. */
export interface GroupHeading {
  readonly element: HTMLElement
  readonly column: Text
  readonly value: HTMLElement
  readonly count: Text
}

export interface RowSlotOptions {
  readonly gridId: string
  readonly layout: ColumnLayout
  /** Cells in the ring of each line. */
  readonly ringSize: number
}

/** Makes the slots of one pool; after the first they are copies, which is faster than building each. */
export function slotFactory({ gridId, layout, ringSize }: RowSlotOptions): (index: number) => RowSlot {
  const { panes } = layout
  const prototype = {
    start: strip('ops-row ops-row-start', 'row', panes.start.count),
    center: strip('ops-row', 'presentation', ringSize),
    end: strip('ops-row', 'presentation', panes.end.count),
  }
  prototype.start.prepend(gutterElement(), headingElement())
  return (index) => {
    const start = prototype.start.cloneNode(true) as HTMLElement
    const center = prototype.center.cloneNode(true) as HTMLElement
    const end = prototype.end.cloneNode(true) as HTMLElement
    center.id = `${gridId}-center-${index}`
    end.id = `${gridId}-end-${index}`
    start.setAttribute('aria-owns', panes.end.count > 0 ? `${center.id} ${end.id}` : center.id)
    const [gutter, heading, ...startElements] = [...start.children] as HTMLElement[]
    if (gutter === undefined || heading === undefined) {
      throw new Error('A row slot lacks a part.')
    }
    const startCells = startElements.map(createCell)
    const endCells = ([...end.children] as HTMLElement[]).map(createCell)
    for (const [i, cell] of startCells.entries()) place(cell, layout.columns[panes.start.first + i])
    for (const [i, cell] of endCells.entries()) place(cell, layout.columns[panes.end.first + i])
    return {
      line: -1,
      isGroup: false,
      isWhole: false,
      start,
      center,
      end,
      gutter,
      number: gutter.appendChild(document.createTextNode('')),
      heading: headingParts(heading),
      startCells,
      centerCells: ([...center.children] as HTMLElement[]).map(createCell),
      endCells,
    }
  }
}

function place(cell: CellView, placed: PlacedColumn | undefined): void {
  if (placed !== undefined) placeCell(cell, placed)
}

function strip(className: string, role: string, cells: number): HTMLElement {
  const element = document.createElement('div')
  element.className = className
  element.setAttribute('role', role)
  for (let i = 0; i < cells; i++) {
    const cell = document.createElement('div')
    cell.className = 'ops-cell'
    cell.setAttribute('role', 'gridcell')
    element.append(cell)
  }
  return element
}

function gutterElement(): HTMLElement {
  const gutter = document.createElement('div')
  gutter.className = 'ops-gutter'
  gutter.setAttribute('role', 'rowheader')
  gutter.setAttribute('aria-colindex', '1')
  return gutter
}

/** What the row under the pointer offers. There is one for the whole grid, which moves from row to row. */
export function rowTools(texts: { readonly selectRow: string; readonly openRow: string }) {
  const element = document.createElement('span')
  element.className = 'ops-row-tools'
  const checkbox = document.createElement('input')
  checkbox.type = 'checkbox'
  checkbox.className = 'ops-checkbox ops-row-checkbox'
  checkbox.tabIndex = -1
  checkbox.setAttribute('aria-label', texts.selectRow)
  const open = document.createElement('button')
  open.type = 'button'
  open.className = 'ops-row-open'
  open.tabIndex = -1
  open.setAttribute('aria-label', texts.openRow)
  open.title = texts.openRow
  open.append(iconElement(Maximize2))
  element.append(checkbox, open)
  return { element, checkbox }
}

function headingElement(): HTMLElement {
  const element = document.createElement('div')
  element.className = 'ops-group-heading'
  element.setAttribute('role', 'presentation')
  for (const name of ['ops-chevron', 'ops-group-column', 'ops-group-value', 'ops-group-count']) {
    const part = document.createElement('span')
    part.className = name
    element.append(part)
  }
  return element
}

function headingParts(element: HTMLElement): GroupHeading {
  const [, column, value, count] = [...element.children] as HTMLElement[]
  if (column === undefined || value === undefined || count === undefined) throw new Error('A heading lacks a part.')
  return {
    element,
    column: column.appendChild(document.createTextNode('')),
    value,
    count: count.appendChild(document.createTextNode('')),
  }
}
