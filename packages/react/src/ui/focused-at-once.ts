/**
 * Gives an element the focus before anything else is typed. Base UI does so in the next frame only, and a busy browser hands
 * keys to what had the focus before meanwhile.
 *
 * @returns the element, for the `initialFocus` of a window
 */
export function focusedAtOnce<Target extends HTMLElement>(target: Target | null): Target | null {
  target?.focus({ preventScroll: true })
  return target
}
