/** A touch that stays so long asks for a menu. */
const holdMs = 500
/** Fingers tremble. */
const slackPx = 10

/** Tells of touches that stay where they are, which not every browser turns into a context menu. Gives the way to stop. */
export function listenToLongTouch(root: HTMLElement, onHold: (event: PointerEvent) => void): () => void {
  let timer = 0
  let isHeld = false
  const onDown = (down: PointerEvent) => {
    clearTimeout(timer)
    isHeld = false
    if (down.pointerType !== 'touch') return
    const end = () => {
      clearTimeout(timer)
      removeEventListener('pointermove', onMove)
      removeEventListener('pointerup', end)
      removeEventListener('pointercancel', end)
    }
    const onMove = (event: PointerEvent) => {
      if (Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > slackPx) end()
    }
    addEventListener('pointermove', onMove)
    addEventListener('pointerup', end)
    addEventListener('pointercancel', end)
    timer = window.setTimeout(() => {
      end()
      isHeld = true
      onHold(down)
    }, holdMs)
  }
  // The click that follows would be taken for a tap.
  const onClick = (event: MouseEvent) => {
    if (!isHeld) return
    isHeld = false
    event.preventDefault()
    event.stopPropagation()
  }
  root.addEventListener('pointerdown', onDown)
  root.addEventListener('click', onClick, true)
  return () => {
    clearTimeout(timer)
    root.removeEventListener('pointerdown', onDown)
    root.removeEventListener('click', onClick, true)
  }
}
