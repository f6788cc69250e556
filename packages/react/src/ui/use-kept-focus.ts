import { type FocusEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react'

/**
 * Keeps the focus in a window whose content changes: what had it may be taken away, or be disabled for a while.
 *
 * @param next what gets the focus in place of an element that is gone, by how the window was last used
 * @returns listeners for the window
 */
export function useKeptFocus(popup: RefObject<HTMLElement | null>, next: (how: string) => HTMLElement | null) {
  const last = useRef<HTMLElement | null>(null)
  const how = useRef('')
  useEffect(() => {
    const had = last.current
    if (had === null || popup.current === null) return
    const { activeElement } = document
    if (had.isConnected) {
      if (activeElement === document.body) had.focus()
    } else if (activeElement === document.body || activeElement === popup.current) next(how.current)?.focus()
  })
  return {
    onFocus({ target }: FocusEvent<HTMLElement>) {
      if (target !== popup.current && popup.current?.contains(target) === true) last.current = target
    },
    onPointerDown({ pointerType }: PointerEvent) {
      how.current = pointerType
    },
    onKeyDown() {
      how.current = 'keyboard'
    },
  }
}
