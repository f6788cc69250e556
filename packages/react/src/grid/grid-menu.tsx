import { Menu } from '@base-ui/react/menu'
import { useMemo } from 'react'
import type { MenuSections } from '../ui/menu-entry.ts'
import { MenuLines } from '../ui/menu-lines.tsx'
import type { OpenMenu } from './controller/grid-state.ts'

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
  const anchor = useMemo(() => ({ getBoundingClientRect: () => new DOMRect(at.xPx, at.yPx, 0, 0) }), [at])
  return (
    <Menu.Root open modal={false} onOpenChange={(isOpen) => isOpen || onClose()}>
      <Menu.Portal container={container}>
        <Menu.Positioner className="ops-menu-place" anchor={anchor} side="bottom" align="start" sideOffset={4}>
          <Menu.Popup className="ops-menu" aria-label={label}>
            <MenuLines sections={sections} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
