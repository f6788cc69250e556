/** What opens over the grid: menus, the search, and the preview of a paste. */
export function GridOverlays() {
  return null
}
