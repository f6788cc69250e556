import type { ValueContext } from '@opslayer/core/values'
import { type CSSProperties, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { fallbackCellKind } from '../cells/cell-kinds.ts'
import { textEditor } from '../editors/cell-editors.ts'
import { loadEditors } from '../editors/late-editor.ts'
import type { GridColumn } from '../grid-state/grid-column.ts'
import type { RowSource } from '../grid-state/row-source.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useIsRtl } from '../ui/use-is-rtl.ts'
import { listenToClipboard } from './clipboard-events.ts'
import { createGrid } from './controller/create-grid.ts'
import type { GridHost } from './controller/grid-core.ts'
import type { Density } from './controller/grid-state.ts'
import type { Summaries } from './footer-row.tsx'
import { type GridActions, gridActions } from './grid-actions.ts'
import { GridBody } from './grid-body.tsx'
import { footPx, headPx, sidePx, tailPx } from './grid-measures.ts'
import { GridOverlays } from './grid-overlays.tsx'
import type { ColumnMarks } from './header-cell.tsx'
import { listenToKeys } from './key-events.ts'
import { LiveCells } from './live-cells.tsx'
import { listenToPointer } from './pointer-events.ts'
import { showGrid } from './show-grid.ts'
import { GridContext, useLatest } from './use-grid-state.ts'
import type { SummaryFunctions } from './use-summary.ts'

export interface GridViewProps extends GridHost {
  readonly source: RowSource
  /** Visible columns in their order. Pass another array only when something changed. */
  readonly columns: readonly GridColumn[]
  /** What screen readers call the grid. */
  readonly label: string
  /** @default 'normal': rows of 36 px */
  readonly density?: Density
  /** Sort and filter marks of the header, by column id. */
  readonly marks?: Readonly<Record<string, ColumnMarks>>
  /** Results under the columns. @default no footer */
  readonly summaries?: Summaries | SummaryFunctions
  /** @default the direction of the page where the grid stands, whenever that changes */
  readonly direction?: 'ltr' | 'rtl'
  readonly className?: string
  readonly style?: CSSProperties
  /** Gets, once the grid is on the page, what toolbars and tests can do to it. */
  readonly onReady?: (grid: GridActions) => void
}

/** A table of any number of rows that is worked in like a spreadsheet. Takes the size of the element around it. */
export function GridView(props: GridViewProps) {
  const { source, columns, density = 'normal', direction, summaries } = props
  const ops = useOpsContext()
  const gridId = useId().replace(/[^a-zA-Z0-9]/g, 'g')
  const values = useMemo((): ValueContext => ({ locale: ops.locale, timeZone: ops.timeZone, now: new Date() }), [ops])
  const editorOf = (typeId: string) => ops.cellEditors[typeId] ?? textEditor
  const options = { source, columns, density, host: props, values, translate: ops.translate, editorOf }
  const [grid] = useState(() => createGrid(options))
  const [root, setRoot] = useState<HTMLDivElement | null>(null)
  const live = useRef<HTMLDivElement>(null)
  const [isRtl, directionMark] = useIsRtl()
  const hasFooter = summaries !== undefined
  const latest = useLatest({ ops, isRtl })

  useLayoutEffect(() => grid.update(options))

  useLayoutEffect(() => {
    if (root === null) return
    const { viewport, destroy } = showGrid(grid, root, {
      gridId,
      headPx,
      footPx: hasFooter ? footPx : 0,
      tailPx,
      sidePx,
      isRtl,
      cells: {
        kindOf: (typeId) => latest.current.ops.cellKinds[typeId] ?? fallbackCellKind,
        values,
        get translate() {
          return latest.current.ops.translate
        },
      },
    })
    const detach = grid.attach(viewport, (text) => {
      if (live.current !== null) live.current.textContent = text
    })
    return () => {
      detach()
      destroy()
    }
  }, [grid, root, gridId, values, isRtl, hasFooter, latest])

  useEffect(() => {
    if (root === null) return
    const ends = [
      listenToKeys(grid, root, () => latest.current),
      listenToPointer(grid, root),
      listenToClipboard(grid, root),
    ]
    return () => {
      for (const end of ends) end()
    }
  }, [grid, root, latest])

  const actions = useMemo(() => (root === null ? null : gridActions(grid, root)), [grid, root])
  const { onReady } = props
  useEffect(() => {
    if (actions !== null) onReady?.(actions)
  }, [actions, onReady])
  useEffect(() => void loadEditors(), [])

  return (
    <GridContext.Provider value={grid}>
      <div className={`ops-root ops-grid-frame ${props.className ?? ''}`} style={props.style} dir={direction}>
        <i ref={directionMark} className="ops-direction" />
        <GridBody gridId={gridId} setRoot={setRoot} label={props.label} marks={props.marks} summaries={summaries} />
        <LiveCells />
        <GridOverlays actions={actions} summaries={summaries} />
        <div ref={live} className="ops-unseen" role="status" aria-live="polite" />
      </div>
    </GridContext.Provider>
  )
}
