import { type RefObject, useEffect, useRef } from 'react'

/** Has Ctrl or ⌘ with K open the command menu from anywhere in the table; where the grid has the focus, it does so itself. */
export function useCommandKey(onCommandMenu: () => void): RefObject<HTMLDivElement | null> {
  const table = useRef<HTMLDivElement>(null)
  const latest = useRef(onCommandMenu)
  useEffect(() => {
    latest.current = onCommandMenu
  })
  useEffect(() => {
    const element = table.current
    const onKeyDown = (event: KeyboardEvent) => {
      const isAsked = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)
      if (!isAsked || event.defaultPrevented || event.shiftKey || event.altKey) return
      event.preventDefault()
      latest.current()
    }
    element?.addEventListener('keydown', onKeyDown)
    return () => element?.removeEventListener('keydown', onKeyDown)
  }, [])
  return table
}
