/** Gives the focus to the grid that an element stands in, without scrolling to it. */
export function focusGrid(inside: Element | null): void {
  const frame = inside?.closest('.ops-grid-frame')
  frame?.querySelector<HTMLElement>('.ops-grid-rows')?.focus({ preventScroll: true })
}
