/** Gives a field other text as if it were typed, so that the browser's own undo takes it back, and puts the caret. */
export function replaceText(element: HTMLTextAreaElement, text: string, caret: number): void {
  element.focus({ preventScroll: true })
  element.select()
  // The only way to write that browsers undo; where it is gone the text is written all the same.
  const isTyped = document.execCommand('insertText', false, text)
  if (!isTyped) {
    element.setRangeText(text, 0, element.value.length)
    element.dispatchEvent(new Event('input', { bubbles: true }))
  }
  element.setSelectionRange(caret, caret)
}
