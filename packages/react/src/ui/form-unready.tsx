import type { ReactNode } from 'react'
import { CancelButton } from './cancel-button.tsx'

/** Stands where a form in place would, while it cannot be filled in: what is on its way or why there is nothing, with a way back. */
export function FormUnready({ children }: { readonly children: ReactNode }) {
  return (
    <div ref={focusFirstButton} className="ops-work-form">
      {children}
      <div className="ops-run-buttons">
        <CancelButton />
      </div>
    </div>
  )
}

function focusFirstButton(box: HTMLElement | null): void {
  box?.querySelector('button')?.focus()
}
