/** Types a text into what has the focus, as the keys that were pressed would have. */
export function typeInto(text: string): void {
  for (const key of text) {
    const press = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    const isTyping = document.activeElement?.dispatchEvent(press) ?? false
    // Unlike setting the value it tells whoever listens, and can be undone.
    if (isTyping) document.execCommand('insertText', false, key)
  }
}
