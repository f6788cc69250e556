import {
  maxOptionName,
  maxOptions,
  nameKey,
  type Option,
  type OptionSettings,
  optionColors,
  optionIndex,
  tidyName,
} from './options.ts'

/** What an option of these settings has beside id, name and colour: nothing, or a status's group. */
type ExtraParts<Settings extends OptionSettings> = Omit<Settings['options'][number], keyof Option>

/**
 * The settings with an option for each name that has none yet, in the order given; for imports that bring new values.
 * Fresh ids come from the name (`In review` → `in_review`), colours go round the list. Names that are empty or longer
 * than 100 characters are left out, and so is what exceeds 1,000 options.
 *
 * @param extra for a status: the `group` of the new options
 */
export function withNewOptions<Settings extends OptionSettings>(
  settings: Settings,
  names: Iterable<string>,
  ...extra: Option extends Settings['options'][number] ? [extra?: ExtraParts<Settings>] : [extra: ExtraParts<Settings>]
): Settings
export function withNewOptions(settings: OptionSettings, names: Iterable<string>, extra: object = {}): OptionSettings {
  const options = [...settings.options]
  const taken = new Set(optionIndex(settings.options).byKey.keys())
  for (const name of names) {
    const tidy = tidyName(name.toWellFormed().replaceAll('\0', ''))
    if (options.length >= maxOptions) break
    if (tidy === '' || tidy.length > maxOptionName || taken.has(nameKey(tidy))) continue
    const id = freshId(tidy, taken)
    const color = optionColors[options.length % optionColors.length] ?? 'gray'
    options.push({ ...extra, id, name: tidy, color })
    taken.add(id).add(nameKey(tidy))
  }
  return { ...settings, options }
}

function freshId(name: string, taken: ReadonlySet<string>): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 34)
  const stem = slug === '' ? 'option' : slug
  // the id may be the option's own name, but no other option's
  if (!taken.has(stem)) return stem
  for (let number = 2; ; number++) if (!taken.has(`${stem}_${number}`)) return `${stem}_${number}`
}
