import { Menu as Base } from '@base-ui/react/menu'
import { type ReactElement, useRef } from 'react'
import { focusWentOn } from './focus-went-on.ts'
import { useFloating } from './layer.tsx'
import type { MenuSections } from './menu-entry.ts'
import { MenuLines } from './menu-lines.tsx'

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement
  readonly sections: MenuSections
  readonly label: string
  readonly align?: 'start' | 'center' | 'end'
  /** Whether the button gets the focus back at the end: not where something else takes it. @default always */
  readonly givesFocusBack?: () => boolean
}

/** A menu at a button. */
export function Menu({ trigger, sections, label, align = 'start', givesFocusBack }: MenuProps) {
  const floating = useFloating()
  const popup = useRef<HTMLDivElement>(null)
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal {...floating}>
        <Base.Positioner
          className="ops-floating"
          side="bottom"
          align={align}
          sideOffset={4}
          collisionPadding={8}
          positionMethod="fixed"
        >
          <Base.Popup
            className="ops-menu"
            aria-label={label}
            ref={popup}
            {...(givesFocusBack && { finalFocus: () => givesFocusBack() && !focusWentOn(popup.current) })}
          >
            <MenuLines sections={sections} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
