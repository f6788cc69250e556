import { ArrowDown, ArrowUp, ChevronDown, ListFilter, Type } from 'lucide'
import { type MouseEvent, memo, type ReactNode, useLayoutEffect, useRef } from 'react'
import { columnIcons } from '../cells/column-icons.ts'
import type { PlacedColumn } from '../grid-state/column-layout.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Icon } from '../ui/icon.tsx'
import { dragColumn, resizeColumn } from './column-drag.ts'
import { useGrid } from './use-grid-state.ts'
import { mayOverflow } from './viewport/text-width.ts'

/** What a column's header shows beside its name. */
export interface ColumnMarks {
  readonly sorted?: 'asc' | 'desc'
  readonly isFiltered?: boolean
  /**
   * A run over the column: how far it is, from 0 to 1, and in words such as `842 / 5,000 · 3 failed`. `actions` are small
   * buttons that pause and stop it.
   */
  readonly progress?: { readonly share: number; readonly text: string; readonly actions?: ReactNode }
}

export interface HeaderCellProps {
  readonly placed: PlacedColumn
  readonly marks: ColumnMarks | undefined
}

/** What stands beside the name, at most; names are wider than texts of cells, which is counted in. */
const besideNamePx = 96

/** One column's header: its name, how it is sorted and filtered, its menu, and its edge to drag. */
export const HeaderCell = memo(function HeaderCell({ placed, marks }: HeaderCellProps) {
  const grid = useGrid()
  const { translate } = useOpsContext()
  const { column, place, startPx, widthPx } = placed
  const element = useRef<HTMLDivElement>(null)
  // By hand: keys that move the selection need no render.
  useLayoutEffect(() => {
    const show = () => {
      const ranges = grid.store.get().selection?.ranges ?? []
      element.current?.toggleAttribute(
        'data-selected',
        ranges.some(({ left, right }) => place >= left && place <= right),
      )
    }
    show()
    return grid.store.subscribe(show)
  }, [grid, place])
  const openMenu = (xPx: number, yPx: number) =>
    grid.store.set({ menu: { kind: 'column', columnId: column.id, xPx, yPx } })
  const openBelow = (event: MouseEvent<HTMLElement>) => {
    const { left, bottom } = event.currentTarget.getBoundingClientRect()
    openMenu(left, bottom)
  }
  const progress = marks?.progress
  const isLong = progress !== undefined || mayOverflow(column.name, widthPx - besideNamePx)
  const name = <span className={isLong ? 'ops-head-name ops-clip' : 'ops-head-name'}>{column.name}</span>
  return (
    <div
      ref={element}
      className="ops-head-cell"
      role="columnheader"
      aria-colindex={place + 2}
      aria-sort={marks?.sorted && `${marks.sorted}ending`}
      data-column={column.id}
      style={{ insetInlineStart: startPx, width: widthPx }}
      title={progress === undefined ? column.name : `${column.name} — ${progress.text}`}
      onPointerDown={(event) => dragColumn(grid, event.nativeEvent, place)}
      onContextMenu={(event) => {
        event.preventDefault()
        openMenu(event.clientX, event.clientY)
      }}
    >
      <Icon icon={columnIcons[column.type.id] ?? Type} size={14} />
      {progress === undefined ? (
        name
      ) : (
        <>
          <span className="ops-head-names">
            {name}
            <span className="ops-head-run">{progress.text}</span>
          </span>
          {progress.actions === undefined ? null : (
            <span className="ops-head-actions" role="presentation" onPointerDown={(event) => event.stopPropagation()}>
              {progress.actions}
            </span>
          )}
        </>
      )}
      {marks?.isFiltered === true ? <Icon icon={ListFilter} size={12} /> : null}
      {marks?.sorted === undefined ? null : <Icon icon={marks.sorted === 'asc' ? ArrowUp : ArrowDown} size={12} />}
      <button
        type="button"
        className="ops-head-menu"
        tabIndex={-1}
        aria-label={translate('grid.column-menu', { name: column.name })}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={openBelow}
      >
        <Icon icon={ChevronDown} size={14} />
      </button>
      <div
        className="ops-head-edge"
        role="presentation"
        onPointerDown={(event) => {
          event.stopPropagation()
          resizeColumn(grid, event.nativeEvent, placed)
        }}
        onDoubleClick={() => void grid.columns.fit(column.id)}
      />
      {progress === undefined ? null : (
        <div
          className="ops-head-progress"
          role="progressbar"
          aria-label={progress.text}
          aria-valuenow={Math.round(progress.share * 100)}
          style={{ width: `${progress.share * 100}%` }}
        />
      )}
    </div>
  )
})
