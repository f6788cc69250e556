import { type ReactNode, useLayoutEffect, useRef } from 'react'

export interface EditorPopupProps {
  readonly className: string
  readonly children: ReactNode
}

const gapPx = 4

/** A box below the edited cell, or above it where there is no room. It lies over the page, so the grid does not cut it. */
export function EditorPopup({ className, children }: EditorPopupProps) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    const cell = element?.parentElement
    if (element === null || cell == null) return
    element.showPopover()
    const place = () => {
      const at = cell.getBoundingClientRect()
      const { offsetWidth: width, offsetHeight: height } = element
      // The keyboard of a phone covers the lower part of the page.
      const seenTop = visualViewport?.offsetTop ?? 0
      const seenBottom = seenTop + (visualViewport?.height ?? innerHeight)
      const isAbove = at.bottom + gapPx + height > seenBottom && at.top - gapPx - height > seenTop
      const left = getComputedStyle(cell).direction === 'rtl' ? at.right - width : at.left
      element.style.top = `${isAbove ? at.top - gapPx - height : at.bottom + gapPx}px`
      element.style.left = `${Math.max(gapPx, Math.min(innerWidth - width - gapPx, left))}px`
    }
    place()
    // It would lie over a dialog and its dimmed page as well.
    const follow = () => {
      const dialog = document.activeElement?.closest('.ops-modal') ?? null
      element.togglePopover(dialog === null || dialog.contains(cell))
    }
    const observer = new ResizeObserver(place)
    observer.observe(element)
    addEventListener('scroll', place, true)
    visualViewport?.addEventListener('resize', place)
    addEventListener('focusin', follow)
    return () => {
      observer.disconnect()
      removeEventListener('scroll', place, true)
      visualViewport?.removeEventListener('resize', place)
      removeEventListener('focusin', follow)
    }
  }, [])
  return (
    <div ref={box} popover="manual" className={`ops-popup ${className}`}>
      {children}
    </div>
  )
}
