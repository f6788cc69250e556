import { builtInColumnTypes } from '@opslayer/core/values'
import { type IconNode, SquareFunction } from 'lucide'
import { columnIcons } from '../cells/column-icons.ts'
import type { PaletteEntry } from '../data/registries.ts'

/** Headings of the palette, in their order; those of hosts follow. */
const groups = ['basic', 'formula', 'ai', 'enrich', 'crm', 'outreach', 'actions']

/** What choosing an entry leads to. */
export type PaletteTarget =
  | { readonly kind: 'type'; readonly type: string }
  | { readonly kind: 'formula' }
  | { readonly kind: 'dialog'; readonly dialog: string }

export interface PaletteItem {
  readonly id: string
  /** The heading, as an id or as the host wrote it. */
  readonly group: string
  readonly label: string
  readonly description: string
  readonly icon: IconNode | undefined
  readonly target: PaletteTarget
}

export interface PaletteSources {
  readonly formulaLabel: string
  readonly formulaDescription: string
  /** What column types say of themselves, in the user's language. */
  words(english: string): string
  /** What hosts and plugins add. */
  readonly entries: readonly PaletteEntry[]
}

/** Everything that a column can be made from. */
export function paletteItems({
  formulaLabel,
  formulaDescription,
  words,
  entries,
}: PaletteSources): readonly PaletteItem[] {
  const types = Object.values(builtInColumnTypes).map(
    ({ id, label, description }): PaletteItem => ({
      id,
      group: 'basic',
      label: words(label),
      description: words(description),
      icon: columnIcons[id],
      target: { kind: 'type', type: id },
    }),
  )
  const formula: PaletteItem = {
    id: 'formula',
    group: 'formula',
    label: formulaLabel,
    description: formulaDescription,
    icon: SquareFunction,
    target: { kind: 'formula' },
  }
  const others = entries.map(
    ({ id, group, label, description = '', icon, dialog }): PaletteItem => ({
      id: `entry:${id}`,
      group: groups.find((known) => known === group.toLowerCase()) ?? group,
      label,
      description,
      icon,
      target: { kind: 'dialog', dialog },
    }),
  )
  return [...types, formula, ...others]
}

export interface PaletteGroup {
  readonly group: string
  readonly items: readonly PaletteItem[]
}

/** What holds every word of the search, by heading; headings without entries are left out. */
export function searchPalette(items: readonly PaletteItem[], search: string): readonly PaletteGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = items.filter(({ label, description, group }) => {
    const text = `${label} ${description} ${group}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const begins = ({ label }: PaletteItem) => words.length > 0 && label.toLowerCase().startsWith(words[0] ?? '')
  const byGroup = Map.groupBy([...found.filter(begins), ...found.filter((item) => !begins(item))], ({ group }) => group)
  const names = [...groups, ...[...byGroup.keys()].filter((group) => !groups.includes(group))]
  const all = names.flatMap((group) => {
    const inGroup = byGroup.get(group)
    return inGroup === undefined ? [] : [{ group, items: inGroup }]
  })
  const isFirst = ({ items: inGroup }: PaletteGroup) => inGroup.some(begins)
  return [...all.filter(isFirst), ...all.filter((group) => !isFirst(group))]
}

export function isKnownGroup(group: string): boolean {
  return groups.includes(group)
}
