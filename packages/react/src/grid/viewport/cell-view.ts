import type { Json, ValueContext } from '@opslayer/core/values'
import type { CellKind, CellTemplate } from '../../cells/cell-kind.ts'
import { statusKinds } from '../../cells/kinds/status.ts'
import { statusText } from '../../cells/status-text.ts'
import { aggregateText } from '../../grid-state/aggregate-text.ts'
import type { PlacedColumn } from '../../grid-state/column-layout.ts'
import type { CellFormat, CellStatus, GridRow } from '../../grid-state/grid-row.ts'
import type { RowGroup } from '../../grid-state/lines.ts'
import type { Translate } from '../../provider/translator.ts'
import { mayOverflow } from './text-width.ts'

/** What all cells of a grid have in common. */
export interface CellContext {
  kindOf(typeId: string): CellKind
  readonly values: ValueContext
  readonly translate: Translate
}

/** One pooled cell: its element stays, its column and row change. */
export interface CellView {
  readonly element: HTMLElement
  placed: PlacedColumn | null
  kind: CellKind | null
  template: CellTemplate | null
  readonly templates: Map<CellKind, CellTemplate>
  value: Json | undefined
  status: CellStatus | undefined
  warning: NonNullable<GridRow['warnings']>[string] | undefined
  format: CellFormat | undefined
  text: string
  isClipped: boolean
  isSelected: boolean
  isFound: boolean
  /** Where React draws while nothing scrolls; made when first needed. */
  live: HTMLElement | null
}

/** Longer texts are cut: no cell shows more, and the browser would lay all of it out. */
const maxShownLength = 600
const paddingPx = 18

export function createCell(element: HTMLElement): CellView {
  return {
    element,
    placed: null,
    kind: null,
    template: null,
    templates: new Map(),
    value: undefined,
    status: undefined,
    warning: undefined,
    format: undefined,
    text: '',
    isClipped: false,
    isSelected: false,
    isFound: false,
    live: null,
  }
}

/** Gives the cell another column, or the same one at another place or width. */
export function placeCell(cell: CellView, placed: PlacedColumn): void {
  const { element } = cell
  if (cell.placed?.startPx !== placed.startPx) element.style.marginInlineStart = `${placed.startPx}px`
  if (cell.placed?.widthPx !== placed.widthPx) element.style.width = `${placed.widthPx}px`
  if (cell.placed?.place !== placed.place) element.setAttribute('aria-colindex', String(placed.place + 2))
  if (cell.placed?.column !== placed.column) cell.value = undefined
  const isOtherWidth = cell.placed?.widthPx !== placed.widthPx
  cell.placed = placed
  if (isOtherWidth && cell.kind !== null) clipCell(cell, cell.text)
}

/** Shows the cell of a row; a row that is not loaded shows nothing. */
export function writeCell(cell: CellView, row: GridRow | undefined, context: CellContext): void {
  const column = cell.placed?.column
  if (column === undefined) return
  const value = row?.cells[column.key] ?? null
  const status = row?.statuses?.[column.key]
  const warning = row?.warnings?.[column.key]
  const format = row?.formats?.cells?.[column.key]
  if (format !== cell.format) formatCell(cell, format)
  if (value === cell.value && status === cell.status && warning === cell.warning) return
  cell.value = value
  if (status !== cell.status || warning !== cell.warning) describeCell(cell, status, warning, context)

  const state = status?.state
  if (warning !== undefined && value === null) {
    show(cell, statusKinds.warning, warning.original, null)
  } else if ((state === 'queued' || state === 'running') && value === null) {
    show(cell, statusKinds[state], context.translate(`cell.${state}`), null)
  } else if (state === 'failed' || state === 'skipped') {
    show(cell, statusKinds[state], context.translate.said(status?.reason ?? context.translate(`cell.${state}`)), null)
  } else {
    const text = value === null ? '' : column.type.format(value, column.settings, context.values)
    show(cell, context.kindOf(column.type.id), text, value)
  }
}

/** Says beside the value how a computed cell stands: by a mark, and in words when it is pointed at. */
function describeCell(
  cell: CellView,
  status: CellStatus | undefined,
  warning: CellView['warning'],
  { translate }: CellContext,
): void {
  cell.status = status
  cell.warning = warning
  markState(cell)
  const text = warning ? translate.said(warning.message) : status === undefined ? '' : statusText(status, translate)
  if (text === '') cell.element.removeAttribute('title')
  else cell.element.title = text
}

const stateClasses = { stale: 'ops-stale', queued: 'ops-again', running: 'ops-again' } as const

function markState({ element, status }: CellView): void {
  const state = status?.state
  const mark = state === 'stale' || state === 'queued' || state === 'running' ? stateClasses[state] : null
  for (const name of ['ops-stale', 'ops-again']) element.classList.toggle(name, name === mark)
}

/** Shows what the rows of a group add up to in the cell's column. */
export function writeAggregate(cell: CellView, { aggregates }: RowGroup, context: CellContext): void {
  const column = cell.placed?.column
  if (column === undefined) return
  if (cell.format !== undefined) formatCell(cell, undefined)
  if (cell.status !== undefined || cell.warning !== undefined) describeCell(cell, undefined, undefined, context)
  const result = aggregates?.[column.key]
  cell.value = undefined
  show(cell, statusKinds.aggregate, result === undefined ? '' : aggregateText(column, result, context.values), null)
}

function show(cell: CellView, kind: CellKind, fullText: string, value: Json): void {
  const column = cell.placed?.column
  if (column === undefined) return
  const text = shownText(fullText)
  if (cell.live !== null) cell.element.classList.remove('ops-lives')
  if (kind !== cell.kind) {
    const template = cell.templates.get(kind) ?? kind.create()
    cell.templates.set(kind, template)
    cell.element.replaceChildren(template.node)
    cell.element.className = `ops-cell ops-cell-${kind.id}`
    if (cell.status !== undefined) markState(cell)
    cell.template = template
    cell.kind = kind
    cell.isClipped = false
    cell.text = ''
    if (cell.format !== undefined) formatCell(cell, cell.format)
    cell.template.write({ text, value, column })
  } else if (text !== cell.text || typeof value === 'object' || typeof value === 'boolean') {
    cell.template?.write({ text, value, column })
  }
  if (text !== cell.text) clipCell(cell, text)
}

function clipCell(cell: CellView, text: string): void {
  cell.text = text
  const { kind } = cell
  const extraPx = typeof kind?.extraPx === 'function' ? kind.extraPx(cell.value ?? null) : (kind?.extraPx ?? 0)
  const roomPx = (cell.placed?.widthPx ?? 0) - paddingPx - extraPx
  const isClipped = text !== '' && mayOverflow(kind?.shownPart?.(text) ?? text, roomPx)
  if (isClipped === cell.isClipped) return
  cell.isClipped = isClipped
  cell.element.classList.toggle('ops-clip', isClipped)
}

function shownText(text: string): string {
  const short = text.length > maxShownLength ? text.slice(0, maxShownLength) : text
  return short.includes('\n') ? short.replace(/\s*\n\s*/g, ' ') : short
}

function formatCell(cell: CellView, format: CellFormat | undefined): void {
  cell.format = format
  applyFormat(cell.element, format)
}

/** Sets the classes of a format on a cell or on the parts of a row. */
export function applyFormat(element: HTMLElement, format: CellFormat | undefined): void {
  for (const name of [...element.classList]) if (name.startsWith('ops-format-')) element.classList.remove(name)
  if (format === undefined) return
  if (format.tint !== undefined) element.classList.add('ops-format-tint', `ops-format-tint-${format.tint}`)
  if (format.text !== undefined) element.classList.add(`ops-format-text-${format.text}`)
  for (const mark of ['bold', 'italic', 'strike'] as const) {
    if (format[mark] === true) element.classList.add(`ops-format-${mark}`)
  }
}

/** Marks the cell as selected, for eyes and for screen readers. */
export function selectCellView(cell: CellView, isSelected: boolean): void {
  if (cell.isSelected === isSelected) return
  cell.isSelected = isSelected
  if (isSelected) cell.element.setAttribute('aria-selected', 'true')
  else cell.element.removeAttribute('aria-selected')
}

/** Marks the cell as one that a search found. */
export function markFound(cell: CellView, isFound: boolean): void {
  if (cell.isFound === isFound) return
  cell.isFound = isFound
  cell.element.toggleAttribute('data-found', isFound)
}

/** The element that React draws the cell in, shown in place of the plain nodes until the cell is written again. */
export function liveElement(cell: CellView): HTMLElement {
  if (cell.live === null) {
    cell.live = document.createElement('div')
    cell.live.className = 'ops-live'
  }
  if (cell.live.parentElement !== cell.element) cell.element.append(cell.live)
  return cell.live
}
