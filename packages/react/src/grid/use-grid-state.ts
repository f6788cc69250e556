import { createContext, useContext, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import type { GridController } from './controller/create-grid.ts'
import type { GridState } from './controller/grid-state.ts'

/** The grid that a part belongs to. */
export const GridContext = createContext<GridController | null>(null)

export function useGrid(): GridController {
  const grid = useContext(GridContext)
  if (grid === null) throw new Error('This component belongs inside a GridView.')
  return grid
}

/** A part of the grid's state. The component renders again only when that part is another (by identity). */
export function useGridState<Part>(select: (state: GridState) => Part): Part {
  const { store } = useGrid()
  const read = () => select(store.get())
  return useSyncExternalStore(store.subscribe, read, read)
}

/** A holder that stays the same and always has the value of the latest render. */
export function useLatest<Value>(value: Value): { readonly current: Value } {
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  })
  return latest
}
