const fields = ':is(input:not([type="file"], [aria-hidden="true"]), textarea, [role="combobox"]):not(:disabled)'

/**
 * What people open a window to fill in; the window itself where there is no field, rather than a button that Enter would
 * press. Not after a touch: the keyboard that comes with a field hides half of the window.
 *
 * @param how what the window was last used by: `touch`, `keyboard`, …
 * @param within selects the part of the window that its fields are in. @default all of it
 */
export function firstField(window: HTMLElement | null, how: string, within = ''): HTMLElement | null {
  const field = how === 'touch' ? null : window?.querySelector<HTMLElement>(`${within} ${fields}`)
  return field ?? window
}
