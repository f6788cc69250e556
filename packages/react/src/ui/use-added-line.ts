import { type MouseEvent, type RefObject, useEffect, useRef } from 'react'
import { focusFirstField } from './focus-first-field.ts'

export interface AddedLine<List extends HTMLElement> {
  /** For the element that the lines are in. */
  readonly list: RefObject<List | null>
  /** A click that adds a line. */
  adding(add: () => void): (event?: MouseEvent) => void
}

/**
 * For lists that grow by a button: the line that it adds gets the focus in its first field. Not after a touch: the keyboard
 * that comes with a field hides half of the list.
 *
 * @param lines selects the lines within the list
 */
export function useAddedLine<List extends HTMLElement>(lines: string): AddedLine<List> {
  const list = useRef<List>(null)
  const countBefore = useRef<number | null>(null)
  const linesThere = () => [...(list.current?.querySelectorAll<HTMLElement>(lines) ?? [])]
  useEffect(() => {
    const there = linesThere()
    if (countBefore.current === null || there.length <= countBefore.current) return
    countBefore.current = null
    focusFirstField(there.at(-1) ?? null)
  })
  return {
    list,
    adding: (add) => (event) => {
      const byTouch = event?.nativeEvent instanceof PointerEvent && event.nativeEvent.pointerType === 'touch'
      countBefore.current = byTouch ? null : linesThere().length
      add()
    },
  }
}
