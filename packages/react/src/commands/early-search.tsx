import { type RefObject, useLayoutEffect, useRef } from 'react'
import { useOpsContext } from '../provider/ops-context.ts'

/** What was typed for the command menu before it stood there, and whether Enter was pressed. */
export type EarlyKeys = RefObject<{ text: string; isEntered: boolean }>

export interface EarlySearchProps {
  readonly early: EarlyKeys
  onClose(): void
}

/** Takes what is typed for the command menu while its code is loaded: elsewhere it would write into cells or press buttons. */
export function EarlySearch({ early, onClose }: EarlySearchProps) {
  const { translate } = useOpsContext()
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    early.current = { text: '', isEntered: false }
    const before = document.activeElement
    field.current?.focus({ preventScroll: true })
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [early])
  return (
    <input
      ref={field}
      className="ops-unseen"
      aria-label={translate('command.placeholder')}
      aria-busy="true"
      onChange={(event) => {
        early.current = { text: event.target.value, isEntered: false }
      }}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose()
        if (key === 'Enter') early.current = { ...early.current, isEntered: true }
      }}
    />
  )
}
