import { Building2, type IconNode, MailCheck, Send, Sparkles, SquareFunction, UserRoundSearch } from 'lucide'
import { columnIcons } from '../cells/column-icons.ts'
import type { OpsColumnPart, OpsPlugin } from '../data/client/plugins-calls.ts'
import type { PaletteEntry } from '../data/registries.ts'
import type { ColumnTypes } from '../provider/column-types.ts'

/** Headings of the palette, in their order; those of hosts follow. */
const groups = ['basic', 'formula', 'ai', 'enrich', 'verify', 'crm', 'outreach', 'actions']

const partIcons: Readonly<Record<string, IconNode>> = {
  ai: Sparkles,
  enrich: UserRoundSearch,
  verify: MailCheck,
  crm: Building2,
  outreach: Send,
}

/** What choosing an entry leads to. */
export type PaletteTarget =
  | { readonly kind: 'type'; readonly type: string }
  | { readonly kind: 'formula' }
  | { readonly kind: 'part'; readonly plugin: OpsPlugin; readonly part: OpsColumnPart }
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
  /** From which columns can be made, the host's own too. */
  readonly types: ColumnTypes
  /** What hosts add. */
  readonly entries: readonly PaletteEntry[]
  /** Of whose parts columns can be made. @default none */
  readonly plugins?: readonly OpsPlugin[]
}

/** Everything that a column can be made from. */
export function paletteItems({
  formulaLabel,
  formulaDescription,
  words,
  types: known,
  entries,
  plugins = [],
}: PaletteSources): readonly PaletteItem[] {
  const types = Object.values(known).map(
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
  const parts = plugins.flatMap((plugin) =>
    plugin.columnTypes.map(
      (part): PaletteItem => ({
        id: `part:${plugin.id}.${part.id}`,
        group: part.category,
        label: part.name,
        description: `${part.provider} · ${part.description}`,
        icon: partIcons[part.category],
        target: { kind: 'part', plugin, part },
      }),
    ),
  )
  return [...types, formula, ...parts, ...others]
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
