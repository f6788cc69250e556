import { Virtualizer } from '@tanstack/react-virtual'

/** Items one after another along one direction, and which of them are in sight. */
export interface Axis {
  /** Where the items begin and end has changed. */
  setItems(count: number, sizeOf: (index: number) => number, totalPx: number): void
  setViewport(sizePx: number): void
  setOffset(px: number): void
  /** The first item in sight, 0 if there is none. */
  first(): number
  startOf(index: number): number
  /** The offset nearest to the present one that shows all of an item. */
  offsetToShow(index: number): number
}

/**
 * TanStack's virtualizer for sizes, offsets and ranges, without its element: it sees one of virtual size, which may be
 * taller than a real one can be, and it learns of scrolling from us in place of scroll events. Rendering is ours.
 */
export function createAxis(horizontal: boolean): Axis {
  const element = { ownerDocument: document, scrollHeight: 0, scrollWidth: 0, clientHeight: 0, clientWidth: 0 }
  let report: (offset: number, isScrolling: boolean) => void = () => {}
  let resize: (rect: { width: number; height: number }) => void = () => {}
  const options = {
    count: 0,
    estimateSize: (_index: number): number => 0,
    horizontal,
    overscan: 0,
    initialOffset: 0,
    getScrollElement: () => element as unknown as HTMLElement,
    observeElementRect: (_: unknown, listener: typeof resize) => {
      resize = listener
    },
    observeElementOffset: (_: unknown, listener: typeof report) => {
      report = listener
    },
    scrollToFn: () => {},
  }
  const virtualizer = new Virtualizer<HTMLElement, HTMLElement>(options)
  virtualizer._didMount()
  virtualizer._willUpdate()
  return {
    setItems(count, sizeOf, totalPx) {
      element.scrollWidth = totalPx
      element.scrollHeight = totalPx
      virtualizer.setOptions({ ...options, count, estimateSize: sizeOf })
      virtualizer.measure()
    },
    setViewport(sizePx) {
      element.clientWidth = sizePx
      element.clientHeight = sizePx
      resize({ width: sizePx, height: sizePx })
    },
    setOffset: (px) => report(px, false),
    first: () => virtualizer.calculateRange()?.startIndex ?? 0,
    startOf: (index) => virtualizer.measurementsCache[index]?.start ?? 0,
    offsetToShow: (index) => virtualizer.getOffsetForIndex(index, 'auto')?.[0] ?? 0,
  }
}
