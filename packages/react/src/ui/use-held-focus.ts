import { type RefObject, useEffect, useRef } from 'react'

/**
 * Keeps the focus in a line whose buttons come and go: once the one that had it is gone, another one gets it.
 *
 * @returns listeners for the line
 */
export function useHeldFocus(line: RefObject<HTMLElement | null>, next: string) {
  const hasFocus = useRef(false)
  useEffect(() => {
    // What is taken away tells nobody that it has lost the focus: to nothing, or to the window around the line.
    if (!hasFocus.current) return
    const take = () => {
      if (document.activeElement?.contains(line.current) === true)
        line.current?.querySelector<HTMLElement>(next)?.focus()
    }
    take()
    // A window that goes with it gives the focus back after that.
    queueMicrotask(take)
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
