import { type MouseEvent, type RefObject, useEffect, useRef } from 'react'
import { focusFirstField } from './focus-first-field.ts'

export interface AddedLine<List extends HTMLElement> {
  /** For the element that the lines are in. */
  readonly list: RefObject<List | null>
  /** A click that adds a line. */
  adding(add: () => void): (event?: MouseEvent) => void
}

/**
 * For lists that grow by a button: the line that keys add by it gets the focus in its first field. After a click or a touch
 * the focus stays: a touch would bring a keyboard over half of the list.
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
      // Keys click without a place.
      const isByPointer = event !== undefined && event.detail > 0
      countBefore.current = isByPointer ? null : linesThere().length
      add()
    },
  }
}
