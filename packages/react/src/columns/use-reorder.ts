import { type PointerEvent as ReactPointerEvent, useLayoutEffect, useRef } from 'react'

/** Lets lines be dragged by a handle. The list is the element around them, its children are the lines. */
export function useReorder<List extends HTMLElement>(onMove: (from: number, to: number) => void) {
  const list = useRef<List>(null)
  const latest = useRef(onMove)
  useLayoutEffect(() => {
    latest.current = onMove
  })
  const begin = (event: ReactPointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.preventDefault()
    const handle = event.currentTarget
    const drag = new AbortController()
    const move = ({ clientY }: PointerEvent) => {
      // Lines change places as they are dragged.
      const lines = [...(list.current?.children ?? [])]
      const from = lines.findIndex((line) => line.contains(handle))
      const to = lines.findIndex((line) => {
        const { top, bottom } = line.getBoundingClientRect()
        return clientY >= top && clientY < bottom
      })
      if (from >= 0 && to >= 0 && to !== from) latest.current(from, to)
    }
    const { ownerDocument: page } = handle
    page.addEventListener('pointermove', move, { signal: drag.signal })
    for (const end of ['pointerup', 'pointercancel']) {
      page.addEventListener(end, () => drag.abort(), { signal: drag.signal })
    }
  }
  return { list, begin }
}
