import { useCallback, useState, useSyncExternalStore } from 'react'

/** Whether it is read from right to left where an element stands. */
export function isRtl(element: Element): boolean {
  return getComputedStyle(element).direction === 'rtl'
}

/**
 * Whether it is read from right to left where an element stands, however the host says so and whenever it changes. The
 * element is an empty `ops-direction`, whose content is as wide as the direction has it: so a change is heard of, and
 * nothing is measured while nothing changes.
 */
export function useIsRtl(): readonly [isRtl: boolean, mark: (element: Element | null) => void] {
  const [element, mark] = useState<Element | null>(null)
  const follow = useCallback(
    (onChange: () => void) => {
      const observer = new ResizeObserver(onChange)
      if (element !== null) observer.observe(element)
      return () => observer.disconnect()
    },
    [element],
  )
  const read = () => element !== null && isRtl(element)
  return [useSyncExternalStore(follow, read, () => false), mark]
}
