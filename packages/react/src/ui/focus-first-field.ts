/** For a form that takes the place of the button that opened it: its first field gets the focus, which would be lost. */
export function focusFirstField(form: HTMLElement | null): void {
  form?.querySelector<HTMLElement>(':is(input:not([aria-hidden="true"]), textarea, [role="combobox"])')?.focus()
}
