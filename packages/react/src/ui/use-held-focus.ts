import { type RefObject, useEffect, useRef } from 'react'

/**
 * Keeps the focus in a line whose buttons come and go: once the one that had it is gone, another one gets it.
 *
 * @returns listeners for the line
 */
export function useHeldFocus(line: RefObject<HTMLElement | null>, next: string) {
  const hasFocus = useRef(false)
  useEffect(() => {
    // What is taken away tells nobody that it has lost the focus.
    if (!hasFocus.current) return
    // A window that goes with it gives the focus back first: to nothing, or to the window around the line.
    queueMicrotask(() => {
      if (document.activeElement?.contains(line.current) === true)
        line.current?.querySelector<HTMLElement>(next)?.focus()
    })
  })
  return {
    onFocus() {
      hasFocus.current = true
    },
    onBlur() {
      hasFocus.current = false
    },
  }
}
