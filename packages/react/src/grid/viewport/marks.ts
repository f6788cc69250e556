import type { CellPlace, CellRange } from '../../grid-state/cell-range.ts'
import type { Panes } from './row-pool.ts'
import type { ViewportState } from './viewport-state.ts'

/** What is drawn over the cells: the ring of the active cell, outlines of ranges, and the place of the editor. */
export interface Marks {
  /** Where an editor is put: over the cell that is edited. */
  readonly editor: HTMLElement
  update(state: ViewportState, basePx: number, extra: MarkPlaces): void
}

export interface MarkPlaces {
  readonly edited: CellPlace | null
  /** The range that the fill handle was dragged over. */
  readonly filling: CellRange | null
}

type PaneName = keyof Panes
const paneNames = ['start', 'center', 'end'] as const

export function createMarks(panes: Panes): Marks {
  const layers = Object.fromEntries(
    paneNames.map((name) => {
      const layer = panes[name]
      const outline = layer.appendChild(element('ops-outline'))
      const fill = layer.appendChild(element('ops-fill-preview'))
      return [name, { layer, outline, fill }]
    }),
  ) as Record<PaneName, { layer: HTMLElement; outline: HTMLElement; fill: HTMLElement }>
  const ring = element('ops-ring')
  const handle = element('ops-fill-handle')
  const editor = document.createElement('div')
  editor.className = 'ops-editor-place'
  editor.hidden = true

  /** Shows a mark over the part of a range that lies in a pane; false if none does. */
  function put(target: HTMLElement, pane: PaneName, range: CellRange, state: ViewportState, basePx: number): boolean {
    const { first, count } = state.layout.panes[pane]
    const left = Math.max(range.left, first)
    const right = Math.min(range.right, first + count - 1)
    const from = state.layout.columns[left]
    const to = state.layout.columns[right]
    target.hidden = left > right || from === undefined || to === undefined
    if (left > right || from === undefined || to === undefined) return false
    // Far edges are as good as real ones out of sight, and stay within what a browser can place.
    const top = Math.max(range.top * state.rowHeightPx - basePx, -1_000_000)
    const bottom = Math.min((range.bottom + 1) * state.rowHeightPx - basePx, 2_000_000)
    const { style, dataset } = target
    // Marks that move are not laid out anew. The editor is: lists that it opens are placed on the screen, which a transform would shift.
    if (target === editor) {
      style.top = `${top}px`
      style.insetInlineStart = `${from.startPx}px`
    } else style.transform = `translate(${(state.isRtl ? -1 : 1) * from.startPx}px,${top}px)`
    style.height = `${Math.max(0, bottom - top)}px`
    style.width = `${to.startPx + to.widthPx - from.startPx}px`
    dataset.open = [left > range.left ? 'start' : '', right < range.right ? 'end' : ''].join(' ')
    return true
  }

  return {
    editor,
    update(state, basePx, { edited, filling }) {
      const { selection } = state
      const last = selection?.ranges.at(-1)
      for (const name of paneNames) {
        const { layer, outline, fill } = layers[name]
        const active = selection?.active
        if (last !== undefined && (last.top !== last.bottom || last.left !== last.right))
          put(outline, name, last, state, basePx)
        else outline.hidden = true
        if (filling === null) fill.hidden = true
        else put(fill, name, filling, state, basePx)
        if (active !== undefined && state.layout.columns[active.column]?.pane === name) {
          if (ring.parentElement !== layer) layer.append(ring)
          put(
            ring,
            name,
            { top: active.line, bottom: active.line, left: active.column, right: active.column },
            state,
            basePx,
          )
        }
        if (last !== undefined && state.layout.columns[last.right]?.pane === name) {
          const corner = { top: last.bottom, bottom: last.bottom, left: last.right, right: last.right }
          if (handle.parentElement !== layer) layer.append(handle)
          if (put(handle, name, corner, state, basePx)) handle.hidden = state.handle === null
          if (state.handle !== null) handle.className = `ops-${state.handle}-handle`
        }
        if (edited !== null && state.layout.columns[edited.column]?.pane === name) {
          if (editor.parentElement !== layer) layer.append(editor)
          put(
            editor,
            name,
            { top: edited.line, bottom: edited.line, left: edited.column, right: edited.column },
            state,
            basePx,
          )
        }
      }
      if (selection === null) {
        ring.hidden = true
        handle.hidden = true
      }
      if (edited === null) editor.hidden = true
    },
  }
}

function element(className: string): HTMLElement {
  const mark = document.createElement('div')
  mark.className = className
  mark.setAttribute('role', 'presentation')
  mark.hidden = true
  return mark
}
