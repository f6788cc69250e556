/**
 * Tells a layer how much of the page above and below is out of sight, as `--_ops-unseen-top` and `--_ops-unseen-bottom`:
 * the keyboard of a phone covers a part of a page that stays as large as it was.
 *
 * @returns ends it
 */
export function followSight(layer: HTMLElement): () => void {
  const sight = window.visualViewport
  if (sight === null) return () => {}
  const place = () => {
    const { offsetTop: top, height, scale } = sight
    // Who has enlarged the page moves around in it.
    const isEnlarged = scale > 1.01
    const below = document.documentElement.clientHeight - top - height
    layer.style.setProperty('--_ops-unseen-top', isEnlarged ? '0px' : `${Math.round(top)}px`)
    layer.style.setProperty('--_ops-unseen-bottom', isEnlarged ? '0px' : `${Math.max(0, Math.round(below))}px`)
  }
  place()
  sight.addEventListener('resize', place)
  sight.addEventListener('scroll', place)
  return () => {
    sight.removeEventListener('resize', place)
    sight.removeEventListener('scroll', place)
  }
}
