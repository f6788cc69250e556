import type { AfterEdit } from './cell-editor.ts'

interface EditKey {
  readonly key: string
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly nativeEvent: { readonly isComposing: boolean }
}

/** What a key means in an editor: to end it and go somewhere, to give it up, or nothing special. */
export function editKey(event: EditKey): AfterEdit | 'cancel' | null {
  if (event.nativeEvent.isComposing || event.altKey) return null
  if (event.key === 'Escape') return 'cancel'
  if (event.key === 'Enter') return event.shiftKey ? 'up' : 'down'
  if (event.key === 'Tab') return event.shiftKey ? 'previous' : 'next'
  return null
}
