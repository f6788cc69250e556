/**
 * The height above which browsers misplace content. Firefox ends near 17.9 million px, and brings what gets the focus into
 * sight in the first half of that only: taller rows would jump there when one comes to them by Tab.
 */
export const maxScrollHeightPx = 8_900_000
/** At both ends, this much of the content scrolls 1:1, so that an ordinary gesture never meets a false edge. */
const zonePx = 2_000_000

/** Maps a real scroll position to the place in the content, which may be taller than any element can be. */
export interface ScrollScale {
  /** Height of the element that is scrolled, in px. */
  readonly scrollHeight: number
  readonly isScaled: boolean
  /** Largest offset in the content. */
  readonly maxOffset: number
  toOffset(scrollTop: number): number
  toScrollTop(offset: number): number
  /**
   * Where the content is after the scroll position went from one value to another: a jump of the scroll bar goes to its
   * share of the content, while a small step moves the content by as many pixels.
   */
  follow(offset: number, fromScrollTop: number, toScrollTop: number): number
}

export function scrollScale(contentPx: number, viewportPx: number): ScrollScale {
  const scrollHeight = Math.min(maxScrollHeightPx, contentPx)
  const maxOffset = Math.max(0, contentPx - viewportPx)
  const range = Math.max(0, scrollHeight - viewportPx)
  if (maxOffset <= range) {
    const clamp = (px: number) => Math.max(0, Math.min(maxOffset, px))
    return {
      scrollHeight,
      isScaled: false,
      maxOffset,
      toOffset: clamp,
      toScrollTop: clamp,
      follow: (_offset, _from, to) => clamp(to),
    }
  }
  const stretch = (maxOffset - 2 * zonePx) / (range - 2 * zonePx)
  const toOffset = (top: number) =>
    top < zonePx
      ? Math.max(0, top)
      : top > range - zonePx
        ? maxOffset - Math.max(0, range - top)
        : zonePx + (top - zonePx) * stretch
  const toScrollTop = (offset: number) =>
    offset < zonePx
      ? offset
      : offset > maxOffset - zonePx
        ? range - (maxOffset - offset)
        : zonePx + (offset - zonePx) / stretch
  return {
    scrollHeight,
    isScaled: true,
    maxOffset,
    toOffset,
    toScrollTop,
    follow: (offset, from, to) => {
      if (Math.abs(to - from) > 4 * viewportPx) return toOffset(to)
      if (to <= 0) return 0
      return Math.max(0, Math.min(maxOffset, offset + to - from))
    },
  }
}
