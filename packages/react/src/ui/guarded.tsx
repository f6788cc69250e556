import type { ReactNode } from 'react'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { GuardContext, type GuardState } from './unsaved.ts'
import { useControlTexts } from './use-control-texts.ts'

export interface GuardedProps extends GuardState {
  readonly children?: ReactNode
}

/** Forms with a guard, and the question that it asks before what is typed into them is lost. */
export function Guarded({ guard, asked, answer, children }: GuardedProps) {
  const translate = useControlTexts()
  return (
    <GuardContext.Provider value={guard}>
      {children}
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={() => answer(false)}
        title={translate('unsaved.title')}
        text={translate('unsaved.text')}
        cancelLabel={translate('unsaved.keep')}
        confirmLabel={translate('unsaved.discard')}
        isDangerous
        onConfirm={() => answer(true)}
      />
    </GuardContext.Provider>
  )
}
