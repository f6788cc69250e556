import { Menu } from '@base-ui/react/menu'
import { useMemo, useRef } from 'react'
import type { MenuSections } from '../ui/menu-entry.ts'
import { MenuLines } from '../ui/menu-lines.tsx'
import type { OpenMenu } from './controller/grid-state.ts'
import { useGrid } from './use-grid-state.ts'

export interface GridMenuProps {
  readonly at: OpenMenu
  readonly sections: MenuSections
  readonly label: string
  /** The element that the menu stands in, so that it has the grid's theme. */
  readonly container: HTMLElement | null
  onClose(): void
}

/** A menu at a point of the screen. */
export function GridMenu({ at, sections, label, container, onClose }: GridMenuProps) {
  const grid = useGrid()
  const hasFocus = useRef(false)
  /** Whether keys wait for those before them. */
  const isBehind = useRef(false)

  /** Presses the next key that was pressed before the menu had the focus, which moves up to two frames after a key. */
  function pressNext(): void {
    const key = grid.menuKeys.shift()
    isBehind.current = key !== undefined
    if (key === undefined) return
    const press = () => {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
      pressNext()
    }
    requestAnimationFrame(() => requestAnimationFrame(press))
  }

  const anchor = useMemo(() => ({ getBoundingClientRect: () => new DOMRect(at.xPx, at.yPx, 0, 0) }), [at])
  return (
    <Menu.Root open modal={false} onOpenChange={(isOpen) => isOpen || onClose()}>
      <Menu.Portal container={container}>
        <Menu.Positioner className="ops-menu-place" anchor={anchor} side="bottom" align="start" sideOffset={4}>
          <Menu.Popup
            className="ops-menu"
            aria-label={label}
            finalFocus={() => grid.store.get().editing === null}
            onFocus={() => {
              if (!hasFocus.current) pressNext()
              hasFocus.current = true
            }}
            onKeyDownCapture={(event) => {
              if (!isBehind.current || !event.isTrusted) return
              grid.menuKeys.push(event.key)
              event.preventDefault()
              event.stopPropagation()
            }}
          >
            <MenuLines sections={sections} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
