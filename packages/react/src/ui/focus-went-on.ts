/**
 * Whether the focus has gone on to something outside of a window that closes. There it stays: Base UI would take it back
 * from wherever it went by then for those who say where it goes, and what is typed with it.
 */
export function focusWentOn(popup: HTMLElement | null): boolean {
  const { activeElement } = document
  return activeElement !== null && activeElement !== document.body && popup?.contains(activeElement) !== true
}
