import type { ReactNode } from 'react'
import type { BenchData } from './bench-data.ts'

/** A grid under measurement. */
export interface Contender {
  /** Shows the data in the size of its container, with the first column pinned where the grid can. */
  render(data: BenchData): ReactNode
  /** CSS selector of the element that scrolls. */
  readonly scroller: string
  /** The one that scrolls sideways. @default the same */
  readonly sideScroller?: string
  /** Says which cell is marked as the one that keys act on; for grids of elements that take keys. */
  readonly mark?: () => string
  /** Takes no keys. */
  readonly isReadOnly?: boolean
  /** Whether its cells are elements; a canvas shows no blank rows that a look at the page would find. */
  readonly isCanvas?: boolean
}
