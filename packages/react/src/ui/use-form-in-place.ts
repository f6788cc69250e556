import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

export interface PlaceOfForm {
  readonly isOpen: boolean
  open(): void
  close(): void
  /** For the button that the form takes the place of: it has the focus again once the form is gone. */
  readonly buttonRef: RefObject<HTMLButtonElement | null>
}

/** Opens and closes a form that takes the place of the button that opens it. */
export function useFormInPlace(): PlaceOfForm {
  const [isOpen, setOpen] = useState(false)
  const isClosing = useRef(false)
  const buttonRef = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    if (!isOpen && isClosing.current) buttonRef.current?.focus()
  }, [isOpen])
  useEffect(() => {
    if (isOpen || !isClosing.current) return
    isClosing.current = false
    // While the question whether to discard it is there, no button takes the focus; as it goes, it moves the focus itself.
    queueMicrotask(() => buttonRef.current?.focus())
  }, [isOpen])
  return {
    isOpen,
    open: useCallback(() => setOpen(true), []),
    close: useCallback(() => {
      isClosing.current = true
      setOpen(false)
    }, []),
    buttonRef,
  }
}
