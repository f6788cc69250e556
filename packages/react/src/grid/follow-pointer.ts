export interface PointerFollower {
  onMove(event: PointerEvent): void
  /** Told once: the pointer was let go, or the gesture was taken away. */
  onEnd(isCancelled: boolean): void
}

/** Follows a pointer from its press to its end, wherever it goes. Escape cancels. */
export function followPointer(down: PointerEvent, follower: PointerFollower): void {
  const gesture = new AbortController()
  const { signal } = gesture
  const end = (isCancelled: boolean) => {
    gesture.abort()
    follower.onEnd(isCancelled)
  }
  const isSame = (event: PointerEvent) => event.pointerId === down.pointerId
  const onMove = (event: PointerEvent) => {
    if (isSame(event)) follower.onMove(event)
  }
  const onUp = (event: PointerEvent) => {
    if (isSame(event)) end(false)
  }
  const onCancel = (event: PointerEvent) => {
    if (isSame(event)) end(true)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    end(true)
  }
  addEventListener('pointermove', onMove, { signal })
  addEventListener('pointerup', onUp, { signal })
  addEventListener('pointercancel', onCancel, { signal })
  addEventListener('keydown', onKey, { capture: true, signal })
}
