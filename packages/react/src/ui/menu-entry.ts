import type { IconNode } from 'lucide'

/** One line of a menu. */
export interface MenuEntry {
  /** Unique in its menu; a host replaces or removes an entry by it. */
  readonly id: string
  readonly label: string
  readonly icon?: IconNode
  /** The key that does the same, as people read it. */
  readonly shortcut?: string
  readonly isDangerous?: boolean
  readonly isChecked?: boolean
  run(): void
}

/** Lines of a menu, in sections. */
export type MenuSections = readonly (readonly MenuEntry[])[]
