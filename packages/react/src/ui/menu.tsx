import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide'
import { Fragment, type ReactElement } from 'react'
import { Icon } from './icon.tsx'
import { useLayer } from './layer.tsx'
import type { MenuSections } from './menu-entry.ts'

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement
  readonly sections: MenuSections
  readonly label: string
  readonly align?: 'start' | 'center' | 'end'
}

/** A menu at a button. */
export function Menu({ trigger, sections, label, align = 'start' }: MenuProps) {
  const layer = useLayer()
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal container={layer} className="ops-root">
        <Base.Positioner
          className="ops-floating"
          side="bottom"
          align={align}
          sideOffset={4}
          collisionPadding={8}
          positionMethod="fixed"
        >
          <Base.Popup className="ops-menu" aria-label={label}>
            {sections.map((section, place) => (
              <Fragment key={section[0]?.id}>
                {place === 0 ? null : <Base.Separator className="ops-menu-line" />}
                {section.map((entry) => (
                  <Base.Item
                    key={entry.id}
                    className="ops-menu-entry"
                    data-dangerous={entry.isDangerous || undefined}
                    onClick={() => entry.run()}
                  >
                    {entry.icon === undefined ? <span className="ops-menu-gap" /> : <Icon icon={entry.icon} />}
                    <span className="ops-menu-label">{entry.label}</span>
                    {entry.isChecked === true ? <Icon icon={Check} size={14} /> : null}
                    {entry.shortcut === undefined ? null : <span className="ops-menu-key">{entry.shortcut}</span>}
                  </Base.Item>
                ))}
              </Fragment>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
