/** A touch that stays so long asks for a menu. */
const holdMs = 500
/** Fingers tremble. */
const slackPx = 10

/** Tells of touches that stay where they are, which not every browser turns into a context menu. */
export function listenToLongTouch(root: HTMLElement, onHold: (event: PointerEvent) => void, signal: AbortSignal): void {
  let touch = new AbortController()
  let isHeld = false
  const onDown = (down: PointerEvent) => {
    touch.abort()
    isHeld = false
    if (down.pointerType !== 'touch') return
    touch = new AbortController()
    const whileTouched = { signal: AbortSignal.any([touch.signal, signal]) }
    const end = () => touch.abort()
    const onMove = (event: PointerEvent) => {
      if (Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > slackPx) end()
    }
    addEventListener('pointermove', onMove, whileTouched)
    addEventListener('pointerup', end, whileTouched)
    addEventListener('pointercancel', end, whileTouched)
    const timer = setTimeout(() => {
      end()
      isHeld = true
      onHold(down)
    }, holdMs)
    whileTouched.signal.addEventListener('abort', () => clearTimeout(timer))
  }
  // The press and the click that some browsers make of its end would be taken for a tap, which closes the menu.
  const onTouchEnd = (event: TouchEvent) => {
    if (isHeld && event.cancelable) event.preventDefault()
    isHeld = false
  }
  root.addEventListener('pointerdown', onDown, { signal })
  root.addEventListener('touchend', onTouchEnd, { signal })
}
