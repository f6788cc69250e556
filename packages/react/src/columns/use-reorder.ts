import { type PointerEvent as ReactPointerEvent, useRef } from 'react'

/** Lets lines be dragged by a handle. The list is the element around them, its children are the lines. */
export function useReorder<List extends HTMLElement>(onMove: (from: number, to: number) => void) {
  const list = useRef<List>(null)
  const begin = (place: number) => (event: ReactPointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.preventDefault()
    const handle = event.currentTarget
    handle.setPointerCapture(event.pointerId)
    let at = place
    const move = ({ clientY }: PointerEvent) => {
      const lines = [...(list.current?.children ?? [])]
      const over = lines.findIndex((line) => {
        const { top, bottom } = line.getBoundingClientRect()
        return clientY >= top && clientY < bottom
      })
      if (over < 0 || over === at) return
      onMove(at, over)
      at = over
    }
    const end = () => {
      handle.removeEventListener('pointermove', move)
      handle.removeEventListener('pointerup', end)
      handle.removeEventListener('pointercancel', end)
    }
    handle.addEventListener('pointermove', move)
    handle.addEventListener('pointerup', end)
    handle.addEventListener('pointercancel', end)
  }
  return { list, begin }
}
