import { type Option, type OptionColor, optionColors, type StatusGroup } from '@opslayer/core/values'

/** An option in the form of a column; options of a status say what they mean for the work. */
export interface OptionDraft extends Option {
  readonly group?: StatusGroup
}

/** A new option at the end, in a colour that is not used yet. */
export function addOption(options: readonly OptionDraft[], name: string, hasGroups: boolean): readonly OptionDraft[] {
  const ids = new Set(options.map(({ id }) => id))
  const base =
    name
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, 34) || 'option'
  let id = base
  for (let n = 2; ids.has(id); n++) id = `${base}_${n}`
  return [...options, { id, name, color: nextColor(options), ...(hasGroups && { group: 'open' as const }) }]
}

function nextColor(options: readonly OptionDraft[]): OptionColor {
  const used = new Set(options.map(({ color }) => color))
  const vivid = optionColors.filter((color) => color !== 'gray')
  return vivid.find((color) => !used.has(color)) ?? vivid[options.length % vivid.length] ?? 'gray'
}

export function changeOption(
  options: readonly OptionDraft[],
  place: number,
  changes: Partial<OptionDraft>,
): readonly OptionDraft[] {
  return options.map((option, at) => (at === place ? { ...option, ...changes } : option))
}

/** An option at another place; places outside are the ends. */
export function moveOption<Item>(options: readonly Item[], from: number, to: number): readonly Item[] {
  const item = options[from]
  const place = Math.max(0, Math.min(options.length - 1, to))
  if (item === undefined || place === from) return options
  return options.toSpliced(from, 1).toSpliced(place, 0, item)
}

/** Options in the order of their names. */
export function sortOptions(options: readonly OptionDraft[], locale: string): readonly OptionDraft[] {
  return options.toSorted((a, b) => a.name.localeCompare(b.name, locale, { numeric: true }))
}
