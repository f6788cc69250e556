/**
 * Notes when anything on the page was last drawn anew: an element changed, or a canvas was drawn on. So the same probe
 * sees what a key did in grids of elements and in grids of pixels.
 */
let last = 0
const note = () => {
  last = performance.now()
}

new MutationObserver(note).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
for (const type of ['focusin', 'selectionchange', 'input']) document.addEventListener(type, note, true)
for (const name of ['fillRect', 'strokeRect', 'fillText', 'drawImage', 'stroke', 'fill', 'clearRect'] as const) {
  const draw = CanvasRenderingContext2D.prototype[name] as (...values: unknown[]) => unknown
  Object.defineProperty(CanvasRenderingContext2D.prototype, name, {
    value(this: CanvasRenderingContext2D, ...values: unknown[]) {
      note()
      return draw.apply(this, values)
    },
  })
}

/** A key that has not come after so long went elsewhere, in ms. */
const lostMs = 1_000

/** So many frames without a change end the wait. */
const quietFrames = 5

/**
 * Waits for the next key and gives the ms from its press to the end of the last frame that showed something new; NaN if
 * the key changed nothing or never came.
 */
export function nextKey(): Promise<number> {
  return new Promise((resolve) => {
    const onKey = (event: KeyboardEvent) => {
      let seen = last
      let shownAt = Number.NaN
      let quiet = 0
      const channel = new MessageChannel()
      // The task after the frame: what was drawn for it is committed.
      channel.port1.onmessage = () => {
        if (last > seen) {
          seen = last
          shownAt = performance.now()
          quiet = 0
        } else quiet += 1
        if (quiet < quietFrames) requestAnimationFrame(frame)
        else resolve(shownAt - event.timeStamp)
      }
      const frame = () => channel.port2.postMessage(null)
      requestAnimationFrame(frame)
    }
    addEventListener('keydown', onKey, { capture: true, once: true })
    setTimeout(() => resolve(Number.NaN), lostMs)
  })
}
