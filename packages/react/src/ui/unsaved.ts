import { createContext, useContext, useLayoutEffect, useMemo, useRef, useState } from 'react'

/** What stands between a form and all that would take it away with what was typed into it. */
export interface UnsavedGuard {
  /** @returns forgets the form again */
  watch(isUnsaved: () => boolean): () => void
  /** Does what takes its forms away: at once where all is saved, otherwise once people have agreed to it. */
  leave(go: () => void): void
  /** Leaves by closing what the guard is for. */
  close(): void
}

/** The innermost guard. */
export const GuardContext = createContext<UnsavedGuard | null>(null)

/** Tells the guard around a form whether something in it would be lost. */
export function useUnsaved(isUnsaved: boolean): void {
  const guard = useContext(GuardContext)
  const latest = useRef(isUnsaved)
  useLayoutEffect(() => {
    latest.current = isUnsaved
  })
  useLayoutEffect(() => guard?.watch(() => latest.current), [guard])
}

/** For what takes forms away without closing the window around them. */
export function useLeave(): UnsavedGuard['leave'] {
  return useContext(GuardContext)?.leave ?? ((go) => go())
}

/** What {@link Guarded} takes. */
export interface GuardState {
  readonly guard: UnsavedGuard
  /** What waits for people to agree. */
  readonly asked: (() => void) | null
  /** @param isAgreed whether what waits is done */
  answer(isAgreed: boolean): void
}

/**
 * Makes a guard for a window or for a form in its place; a guard around it is told of what is unsaved in it.
 *
 * @param isUnsaved whether something would be lost, beside what its forms tell
 */
export function useGuard(isUnsaved: boolean, onClose: () => void): GuardState {
  const around = useContext(GuardContext)
  const [asked, setAsked] = useState<(() => void) | null>(null)
  const latest = useRef({ isUnsaved, onClose })
  useLayoutEffect(() => {
    latest.current = { isUnsaved, onClose }
  })
  const { guard, isAnyUnsaved } = useMemo(() => {
    const forms = new Set<() => boolean>()
    const isAnyUnsaved = () => latest.current.isUnsaved || [...forms].some((isFormUnsaved) => isFormUnsaved())
    const leave = (go: () => void) => {
      if (isAnyUnsaved()) setAsked(() => go)
      else go()
    }
    const guard: UnsavedGuard = {
      watch(isFormUnsaved) {
        forms.add(isFormUnsaved)
        return () => void forms.delete(isFormUnsaved)
      },
      leave,
      close: () => leave(() => latest.current.onClose()),
    }
    return { guard, isAnyUnsaved }
  }, [])
  useLayoutEffect(() => around?.watch(isAnyUnsaved), [around, isAnyUnsaved])
  return {
    guard,
    asked,
    answer(isAgreed) {
      setAsked(null)
      if (isAgreed) asked?.()
    },
  }
}

/** Whether fields hold something else than when they were first shown. */
export function useIsChanged(fields: object): boolean {
  const now = JSON.stringify(fields)
  const [first] = useState(now)
  return now !== first
}
