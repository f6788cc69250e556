import { Menu } from '@base-ui/react/menu'
import { Check } from 'lucide'
import { Fragment, useMemo } from 'react'
import { Icon } from '../ui/icon.tsx'
import type { MenuSections } from '../ui/menu-entry.ts'
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
            {sections.map((section, place) => (
              <Fragment key={section[0]?.id}>
                {place === 0 ? null : <Menu.Separator className="ops-menu-line" />}
                {section.map((entry) => (
                  <Menu.Item
                    key={entry.id}
                    className="ops-menu-entry"
                    data-dangerous={entry.isDangerous || undefined}
                    onClick={() => entry.run()}
                  >
                    {entry.icon === undefined ? <span className="ops-menu-gap" /> : <Icon icon={entry.icon} />}
                    <span className="ops-menu-label">{entry.label}</span>
                    {entry.isChecked === true ? <Icon icon={Check} size={14} /> : null}
                    {entry.shortcut === undefined ? null : <span className="ops-menu-key">{entry.shortcut}</span>}
                  </Menu.Item>
                ))}
              </Fragment>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
