import { type RefCallback, useCallback, useState } from 'react'

export interface FormInPlace {
  readonly isOpen: boolean
  open(): void
  close(): void
  /** For the button that the form takes the place of: it has the focus again once the form is gone. */
  readonly buttonRef: RefCallback<HTMLElement>
}

/** A form that takes the place of the button that opens it. */
export function useFormInPlace(): FormInPlace {
  const [state, setState] = useState<'never' | 'open' | 'closed'>('never')
  const wasOpen = state === 'closed'
  return {
    isOpen: state === 'open',
    open: useCallback(() => setState('open'), []),
    close: useCallback(() => setState('closed'), []),
    buttonRef: useCallback((button) => void (wasOpen && button?.focus()), [wasOpen]),
  }
}
