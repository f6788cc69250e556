import type { RowGroup } from '../grid-state/lines.ts'
import type { GridController } from './controller/create-grid.ts'
import { type GridState, rowHeights } from './controller/grid-state.ts'
import { groupTexts } from './group-texts.ts'
import { createViewport, type Viewport, type ViewportOptions } from './viewport/create-viewport.ts'
import type { ViewportState } from './viewport/viewport-state.ts'

/** Header and footer come and go by so many columns at once: React has as much to do for one as for some. */
const headStep = 4

export type ShowGridOptions = Omit<
  ViewportOptions,
  'elements' | 'texts' | 'onLines' | 'onColumns' | 'onWidth' | 'onCalm'
> & {
  readonly isRtl: boolean
}

/** Draws a grid's state into the elements that React made, and keeps drawing as it changes. */
export function showGrid(
  grid: GridController,
  root: HTMLElement,
  options: ShowGridOptions,
): { readonly viewport: Viewport; destroy(): void } {
  const { store, core } = grid
  const describeGroup = (group: RowGroup) => {
    const column = store.get().columns.find(({ key }) => key === group.columnKey)
    return groupTexts(group, column, core.values(), core.translate())
  }
  const viewportState = (state: GridState): ViewportState => ({
    layout: state.layout,
    lines: state.lines,
    rowHeightPx: rowHeights[state.density],
    selection: state.selection,
    handle: handleOf(state, core.source().write !== undefined),
    row: state.row,
    describeGroup,
    found: foundCells(state),
    isRtl: options.isRtl,
  })
  const part = (name: string) => {
    const element = root.querySelector(`.${name}`)
    if (!(element instanceof HTMLElement)) throw new Error(`The grid lacks its ${name}.`)
    return element
  }
  const panes = (kind: string) => ({
    start: part(`ops-pane-start${kind}`),
    center: part(`ops-pane-center${kind}`),
    end: part(`ops-pane-end${kind}`),
  })
  const t = core.translate()
  const viewport = createViewport(
    {
      ...options,
      elements: {
        root,
        spacer: part('ops-grid-spacer'),
        view: part('ops-grid-view'),
        rows: part('ops-grid-rows'),
        panes: panes(':not(.ops-marks)'),
        marks: panes('.ops-marks'),
        lanes: new Set(root.querySelectorAll<HTMLElement>('.ops-lane')),
        tail: part('ops-tail'),
      },
      texts: { selectRow: t('grid.select-row'), openRow: t('grid.open-row') },
      onWidth: (viewportPx) => store.set({ viewportPx }),
      onColumns(first, last) {
        const { shownColumns: shown, layout } = store.get()
        const from = first - (first % headStep)
        const to = Math.min(layout.panes.center.count, last + headStep - (last % headStep)) - 1
        if (from !== shown.first || to !== shown.last) store.set({ shownColumns: { first: from, last: to } })
      },
      onLines(first, last) {
        const { lines } = store.get()
        core.source().show(lines.rowSpans(first, last))
      },
      onCalm: () => grid.becomeCalm(),
    },
    viewportState(store.get()),
  )
  let shown = store.get()
  const unsubscribe = store.subscribe(() => {
    const state = store.get()
    if (concerns(state, shown)) viewport.update(viewportState(state))
    if (state.filling !== shown.filling || state.editedPlace !== shown.editedPlace) {
      viewport.setMarks({ edited: state.editedPlace, filling: state.filling })
    }
    shown = state
  })
  return {
    viewport,
    destroy() {
      unsubscribe()
      viewport.destroy()
    },
  }
}

const drawn = ['layout', 'lines', 'density', 'selection', 'row', 'found', 'editing', 'isTouched'] as const

function concerns(state: GridState, shown: GridState): boolean {
  return drawn.some((key) => state[key] !== shown[key])
}

function handleOf({ editing, isTouched }: GridState, isWritable: boolean): ViewportState['handle'] {
  if (editing !== null) return null
  if (isTouched) return 'touch'
  return isWritable ? 'fill' : null
}

const none: ReadonlySet<string> = new Set()

function foundCells({ found }: GridState): ReadonlySet<string> {
  if (found === null || found.matches.length === 0) return none
  return new Set(found.matches.map(({ rowId, columnId }) => `${rowId} ${columnId}`))
}
