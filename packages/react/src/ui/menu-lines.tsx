import { Menu } from '@base-ui/react/menu'
import { Check } from 'lucide'
import { Fragment } from 'react'
import { Icon } from './icon.tsx'
import type { MenuSections } from './menu-entry.ts'

/** The lines of a menu, wherever it opens. */
export function MenuLines({ sections }: { readonly sections: MenuSections }) {
  return sections.map((section, place) => (
    <Fragment key={section[0]?.id}>
      {place === 0 ? null : <Menu.Separator className="ops-menu-line" />}
      {section.map((entry) => (
        <Menu.Item
          key={entry.id}
          className="ops-menu-entry"
          data-dangerous={entry.isDangerous || undefined}
          aria-current={entry.isChecked || undefined}
          onClick={() => entry.run()}
        >
          {entry.icon === undefined ? <span className="ops-menu-gap" /> : <Icon icon={entry.icon} />}
          <span className="ops-menu-label">{entry.label}</span>
          {entry.isChecked === true ? <Icon icon={Check} size={14} /> : null}
          {entry.shortcut === undefined ? null : <span className="ops-menu-key">{entry.shortcut}</span>}
        </Menu.Item>
      ))}
    </Fragment>
  ))
}
