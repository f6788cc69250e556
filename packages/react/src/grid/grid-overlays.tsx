import { useEffect, useRef } from 'react'
import { useOpsContext } from '../provider/ops-context.ts'
import { onDemand } from '../ui/on-demand.ts'
import { FindBar } from './find-bar.tsx'
import { focusGrid } from './focus-grid.ts'
import type { Summaries } from './footer-row.tsx'
import type { GridActions } from './grid-actions.ts'
import { useGrid, useGridState } from './use-grid-state.ts'
import type { SummaryFunctions } from './use-summary.ts'

interface Closable {
  onClose(): void
}

const sayNotLoaded = ({ onClose }: Closable) => <NotLoaded onClose={onClose} />

// Loaded when first opened: a grid that is only read never needs them. The search is not among them, since what is typed
// right after Ctrl+F must find its field.
const GridMenus = onDemand(
  () => import('./grid-menus.tsx'),
  (module) => module.GridMenus,
  sayNotLoaded,
)
const PasteCheck = onDemand(
  () => import('./paste-check.tsx'),
  (module) => module.PasteCheck,
  sayNotLoaded,
)

/** Says so and closes: whoever opens it again tries again. */
function NotLoaded({ onClose }: Closable) {
  const grid = useGrid()
  const { translate } = useOpsContext()
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is said once
  useEffect(() => {
    grid.core.notify({ kind: 'error', text: translate('part.not-loaded') })
    onClose()
  }, [])
  return null
}

/** Rows in outline, column by column, while nobody knows yet how many there are. */
function UnreadRows() {
  const columns = useGridState((state) => state.layout.columns)
  return (
    <div className="ops-unread" aria-busy="true">
      {columns.slice(0, 30).map(({ column, widthPx }) => (
        <i key={column.id} style={{ width: widthPx }} />
      ))}
    </div>
  )
}

interface GridOverlaysProps {
  readonly actions: GridActions | null
  readonly summaries: Summaries | SummaryFunctions | undefined
}

/** What opens over the grid: menus, the search, and the preview of a paste. */
export function GridOverlays({ actions, summaries }: GridOverlaysProps) {
  const grid = useGrid()
  const { translate } = useOpsContext()
  const menu = useGridState((state) => state.menu)
  const heldPaste = useGridState((state) => state.heldPaste)
  const isUnread = useGridState((state) => state.lines.count === 0 && grid.core.source().isCounted === false)
  const isEmpty = useGridState((state) => state.lines.count === 0)
  const isFinding = useGridState((state) => state.found !== null)
  const hasColumns = useGridState((state) => state.columns.length > 0)
  const box = useRef<HTMLDivElement>(null)
  return (
    <div ref={box}>
      {isUnread && hasColumns ? (
        <UnreadRows />
      ) : isEmpty || !hasColumns ? (
        <div className="ops-empty">
          <strong>{translate(hasColumns ? 'grid.empty' : 'grid.no-columns')}</strong>
          {hasColumns && grid.core.source().append !== undefined ? <span>{translate('grid.empty-hint')}</span> : null}
        </div>
      ) : null}
      {isFinding ? <FindBar /> : null}
      {menu === null || actions === null ? null : (
        <GridMenus
          at={menu}
          actions={actions}
          summaries={summaries}
          container={box.current}
          onClose={() => {
            grid.menuKeys.length = 0
            grid.store.set({ menu: null })
            // An editor that the menu opened has the focus.
            if (grid.store.get().editing === null) focusGrid(box.current)
          }}
        />
      )}
      {heldPaste === null ? null : (
        <PasteCheck
          paste={heldPaste}
          container={box.current}
          onClose={() => {
            grid.store.set({ heldPaste: null })
            focusGrid(box.current)
          }}
        />
      )}
    </div>
  )
}
