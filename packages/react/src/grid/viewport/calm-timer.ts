const calmMs = 120

/** Tells when nothing has moved for a moment. The timer is not set anew at every frame, but looks whether it came too early. */
export function calmTimer(onCalm: () => void) {
  let timer = 0
  let movedAt = 0
  function look(): void {
    const leftMs = movedAt + calmMs - performance.now()
    timer = leftMs > 0 ? window.setTimeout(look, leftMs) : 0
    if (leftMs <= 0) onCalm()
  }
  return {
    moved(): void {
      movedAt = performance.now()
      if (timer === 0) timer = window.setTimeout(look, calmMs)
    },
    stop(): void {
      clearTimeout(timer)
    },
  }
}
