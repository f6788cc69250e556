import type { KeyboardEvent, ReactNode } from 'react'
import { focusFirstField } from './focus-first-field.ts'
import { Guarded } from './guarded.tsx'
import { useGuard } from './unsaved.ts'

export interface FormInPlaceProps {
  onClose(): void
  readonly children: ReactNode
}

/** A form that takes the place of what opened it: it has the focus at once, and Escape closes it alone. */
export function FormInPlace({ onClose, children }: FormInPlaceProps) {
  const state = useGuard(false, onClose)
  const leaveByEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    state.guard.close()
  }
  return (
    <Guarded {...state}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the fields in it */}
      <div ref={focusFirstField} onKeyDown={leaveByEscape}>
        {children}
      </div>
    </Guarded>
  )
}
