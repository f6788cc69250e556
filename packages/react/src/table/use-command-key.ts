import { type KeyboardEvent, useCallback, useEffect, useRef } from 'react'

/**
 * Has Ctrl or ⌘ with K open the command menu from anywhere in the table, what floats over it included; where the grid has
 * the focus, it does so itself. Not over a window, which is another place.
 */
export function useCommandKey(onCommandMenu: () => void): (event: KeyboardEvent<HTMLElement>) => void {
  const latest = useRef(onCommandMenu)
  useEffect(() => {
    latest.current = onCommandMenu
  })
  // React hands on what happens in portals too.
  return useCallback((event) => {
    const isAsked = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)
    if (!isAsked || event.defaultPrevented || event.shiftKey || event.altKey) return
    if (event.target instanceof Element && event.target.closest('.ops-modal') !== null) return
    event.preventDefault()
    latest.current()
  }, [])
}
